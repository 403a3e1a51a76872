namespace Grpc.Core;

/// <summary>Declared as in Grpc.Core.Api, for the adapter to compile.</summary>
public class RpcException(string message) : Exception(message);
