import pg, { type PoolClient } from 'pg';

/** Connections for everybody who has a transaction for each job: more did not make any of them faster on two cores. */
const connections = 10;

export function poolOf(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
  pool.on('error', (error) => process.stderr.write(`${error.message}\n`));
  return pool;
}

export async function inTransaction<T>(pool: pg.Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
