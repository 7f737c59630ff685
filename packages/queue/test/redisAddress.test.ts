import { expect, test } from 'vitest';
import { clusterAddressOf, redisNodesOf } from '../src/redisAddress.ts';

test('the address of a cluster names one node or several, with one login for all of them', () => {
  expect(clusterAddressOf('redis-cluster://a')).toEqual({ nodes: [{ host: 'a', port: 6379 }], isEncrypted: false });
  expect(clusterAddressOf('rediss-cluster://ge:p%40ss@a:7001,[::1]:7002,c/')).toEqual({
    nodes: [
      { host: 'a', port: 7001 },
      { host: '::1', port: 7002 },
      { host: 'c', port: 6379 },
    ],
    username: 'ge',
    password: 'p@ss',
    isEncrypted: true,
  });
});

test.each([
  'redis://a',
  'redis-cluster://',
  'redis-cluster://a,',
  'redis-cluster://a:x',
  'redis-cluster://a:1/2',
  'http://a',
])('%s is no address of a cluster', (url) => expect(clusterAddressOf(url)).toBeNull());

test.each([
  ['redis://:secret@a:7000/1', [{ host: 'a', port: 7000 }]],
  [
    'redis-cluster://a:1,b:2',
    [
      { host: 'a', port: 1 },
      { host: 'b', port: 2 },
    ],
  ],
  ['redis://a:1,b:2', null],
  ['a:6379', null],
])('%s: the servers it names', (url, nodes) => expect(redisNodesOf(url)).toEqual(nodes));
