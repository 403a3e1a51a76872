using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PledgeRegistry.Sqlite;

/// <summary>
/// A prepared statement, kept and used again. One level below <see cref="SqliteCommand"/>, because that copies every
/// blob it binds or reads into an array of its own; here a leaf is read, and an entry bound, without a copy of ours.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 connection;
    private readonly sqlite3_stmt handle;

    public Statement(SqliteConnection connection, string sql)
    {
        this.connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(this.connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle));
    }

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(handle, parameter, value));

    /// <summary>SQLite takes a copy, so the caller may change the bytes afterwards.</summary>
    public void Bind(int parameter, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(handle, parameter, value));

    /// <summary>True if there is a row; false at the end. The caller resets afterwards, whatever happened.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }
        if (code != raw.SQLITE_DONE)
        {
            Check(code);
        }
        return false;
    }

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>Valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    // The code that it returns repeats the error of the last step, which has been thrown already.
    public void Reset() => _ = raw.sqlite3_reset(handle);

    /// <summary>Steps once and resets: for a statement without a result.</summary>
    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => handle.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, connection);
}
