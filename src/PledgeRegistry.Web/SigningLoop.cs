using PledgeRegistry.Transparency.Signing;

namespace PledgeRegistry.Web;

/// <summary>Has the checkpoint signer look again and again, and tells the console when it can't sign, and when it can again.</summary>
public sealed class SigningLoop : IAsyncDisposable
{
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stopping = new();
    private readonly Action<string> say;
    private readonly Task loop;
    private string? said;

    /// <param name="every">How long between two looks.</param>
    /// <param name="say">Told what a person who runs the registry must know.</param>
    public SigningLoop(CheckpointSigner signer, TimeSpan every, TimeProvider clock, Action<string> say)
    {
        (Signer, this.say) = (signer, say);
        loop = Task.Run(() => RunAsync(every, clock));
    }

    public CheckpointSigner Signer { get; }

    /// <summary>Ends it; again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
        Signer.Dispose();
    }

    private async Task RunAsync(TimeSpan every, TimeProvider clock)
    {
        try
        {
            while (true)
            {
                await Signer.StepAsync(stopping.Token);
                Tell(Signer.Refused);
                await Task.Delay(every, clock, stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private void Tell(string? refused)
    {
        if (refused != said)
        {
            said = refused;
            try
            {
                say(refused is null ? "Signing: all is well again." : $"Signing: {refused}");
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // A console that is gone ends nothing; health says it, too.
            }
        }
    }
}
