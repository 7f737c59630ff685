import { type Route, roleFor, routeCatalogue, type Scope } from '@ge/api';
import { isAtLeast, type OperatorRole, operatorRoles } from '@ge/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handlers } from '../handlers.ts';
import { importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

let gateway: TestGateway;
let sellerId: string;
const keyByRole = {} as Record<OperatorRole, string>;
beforeAll(async () => {
  gateway = await startGateway();
  ({ sellerId } = await importSeller(gateway.operator));
  for (const role of operatorRoles) {
    keyByRole[role] = await gateway.keyOf('operator', undefined, [], role);
  }
});
afterAll(() => gateway?.close());

const scopes: readonly Scope[] = ['operator', 'producer', 'seller'];

/** The bare request of a route: no body, ids that exist only where one is given. */
async function request(route: Route, key: string | null, seller = 'nobody', prefix = 'Bearer '): Promise<Response> {
  const path = route.path.replace('{sellerId}', seller).replace(/\{\w+\}/g, 'none');
  return fetch(gateway.baseUrl + path, {
    method: route.method,
    headers: key === null ? {} : { authorization: prefix + key },
  });
}

const codeOf = async (response: Response): Promise<string | undefined> => {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) {
    await response.body?.cancel();
    return undefined;
  }
  return ((await response.json()) as { code: string }).code;
};

describe('the catalogue', () => {
  it('has one handler for each route', () => {
    const served = handlers.map(({ route }) => (route as Route).id).sort();
    expect(served).toEqual(routeCatalogue.map(({ id }) => id).sort());
    expect(new Set(served).size).toBe(served.length);
  });
});

describe.each(routeCatalogue.map((route) => [route.id, route] as const))('%s', (_, route) => {
  it('is closed without a key and with one that is not in force', async () => {
    for (const [key, prefix] of [
      [null, ''],
      ['operator-never-made', 'Bearer '],
      [gateway.operatorKey, 'Basic '],
    ] as const) {
      const response = await request(route, key, sellerId, prefix);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await codeOf(response)).toBe('http.unauthorized');
    }
  });

  it('opens to its scopes and no other', async () => {
    for (const scope of scopes) {
      const response = await request(
        route,
        await gateway.keyOf(scope, scope === 'seller' ? sellerId : undefined),
        sellerId,
      );
      const code = await codeOf(response);
      if (route.scopes.includes(scope)) expect(code, scope).not.toBe('http.forbidden');
      else expect(code, scope).toBe('http.forbidden');
      expect(response.status, scope).not.toBe(401);
      expect(response.status, scope).toBeLessThan(500);
    }
  });

  it('asks of an operator key for the role it names, and opens to those above', async () => {
    if (!route.scopes.includes('operator')) return;
    for (const role of operatorRoles) {
      const code = await codeOf(await request(route, keyByRole[role], sellerId));
      if (isAtLeast(role, roleFor(route))) expect(code, role).not.toBe('http.forbidden');
      else expect(code, role).toBe('http.forbidden');
    }
  });

  it('is closed to a key that is limited to other calls', async () => {
    const other = route.id === 'operations.get' ? 'operations.list' : 'operations.get';
    const key = await gateway.keyOf(route.scopes[0]!, sellerId, [other]);
    expect(await codeOf(await request(route, key, sellerId))).toBe('http.forbidden');
  });
});

describe.each(
  routeCatalogue
    .filter(({ path, scopes: allowed }) => path.includes('{sellerId}') && allowed.includes('seller'))
    .map((route) => [route.id, route] as const),
)('%s', (_, route) => {
  it('shows a seller key nothing of another seller, not even that there is one', async () => {
    const key = await gateway.keyOf('seller', 'somebody-else');
    const real = await request(route, key, sellerId);
    const invented = await request(route, key, 'nobody');
    expect([real.status, invented.status]).toEqual([404, 404]);
    expect([await codeOf(real), await codeOf(invented)]).toEqual(['http.not_found', 'http.not_found']);
  });
});
