import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { controlPlaneRoutes, openApiDocument } from '@trunkline/contracts/control-plane';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';

describe('the served routes', () => {
  let plane: TestControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.stop());

  it('are those of the document, no more and no fewer', () => {
    const tree = plane.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
    const stack: string[] = [];
    const served = new Set<string>();
    for (const line of tree.split('\n')) {
      const match = /^(?<indent>[\s│]*)[├└]── (?<part>\S*)(?: \((?<methods>[A-Z, ]+)\))?/.exec(line);
      if (!match?.groups) continue;
      stack.length = (match.groups['indent'] ?? '').length / 4;
      stack.push(match.groups['part'] ?? '');
      const path = stack.join('').replaceAll(/:(\w+)/g, '{$1}');
      for (const method of match.groups['methods']?.split(', ') ?? []) served.add(`${method} ${path}`);
    }
    const own = [...served].filter(
      (route) => / \/api\/(?!auth|openapi)/.test(route) && !route.startsWith('HEAD'),
    );
    const table = Object.values(controlPlaneRoutes).map(({ method, path }) => `${method} ${path}`);
    expect(own.toSorted()).toEqual(table.toSorted());
  });

  it('include the document itself', async () => {
    const answer = await plane.visitor().send('GET', '/api/openapi.json');
    expect(answer.json).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });
});
