import { expect, test } from 'vitest';
import { testEnvironment } from '../src/test-run/run-tests.ts';

test("tests never meet the servers of somebody's fleet that the environment names", () => {
  const named = { DATABASE_URL: 'postgres://db/ge', REDIS_URL: 'redis://r', SMTP_URL: 'smtp://m' };
  const env = testEnvironment({ ...named, GE_TEST_DATABASE_URL: 'postgres://tests/ge', PATH: '/bin' });
  expect(env).toEqual({ GE_TEST_DATABASE_URL: 'postgres://tests/ge', PATH: '/bin' });
});
