import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLayers } from '../../gate/layers.ts';
import { temporaryFolder } from '../../helpers/store.ts';

function house(files: Record<string, string>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe('the layer check', () => {
  it('passes a house in order', async () => {
    const root = house({
      'shared/a.ts': 'export const a = 1;\n',
      'db/b.ts': "import { a } from '../shared/a.ts';\nexport const b = a;\n",
      'electron/c.ts': "import { b } from '../db/b.ts';\nexport const c = b;\n",
      'renderer/d.ts': "import { a } from '../shared/a.ts';\nexport const d = a;\n",
    });
    expect(await checkLayers(root, 4)).toEqual({ modules: 4, violations: [] });
  });

  it('catches a planted violation in each direction, type-only ones too', async () => {
    const root = house({
      'shared/a.ts': "import type { B } from '../db/b.ts';\nexport type A = B;\n",
      'shared/node.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
      'db/b.ts': "import { c } from '../electron/c.ts';\nexport type B = typeof c;\n",
      'electron/c.ts': 'export const c = 1;\n',
      'renderer/d.ts': "import type { B } from '../db/b.ts';\nexport type D = B;\n",
    });
    const { violations } = await checkLayers(root, 1);
    expect(violations).toEqual(
      expect.arrayContaining([
        'shared-stands-alone: shared/a.ts → db/b.ts',
        'db-knows-shared: db/b.ts → electron/c.ts',
        'renderer-knows-shared: renderer/d.ts → db/b.ts',
        expect.stringMatching(/^shared-is-pure: shared\/node\.ts/),
      ]),
    );
  });

  it('fails when it saw too little', async () => {
    const root = house({ 'shared/a.ts': 'export const a = 1;\n' });
    expect((await checkLayers(root, 100)).violations).toEqual(['looked at 1 modules only, fewer than 100']);
  });
});
