/**
 * Holds the layers apart (design.md, "The house"). Fails also when it looked at suspiciously few modules: a checker
 * that silently sees nothing must not pass.
 */
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const layers = ['shared', 'db', 'electron', 'renderer'];

export type LayerReport = { readonly modules: number; readonly violations: readonly string[] };

/** `root`: a folder laid out like the project. */
export async function checkLayers(root: string, fewest: number): Promise<LayerReport> {
  const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
    forbidden: NonNullable<NonNullable<ICruiseOptions['ruleSet']>['forbidden']>;
    options: ICruiseOptions;
  };
  const { tsConfig: _named, ...options } = config.options;
  const result = await cruise(
    layers.filter((layer) => existsSync(join(root, layer))),
    { ...options, baseDir: root, validate: true, ruleSet: { forbidden: config.forbidden } },
    undefined,
    { tsConfig: extractTSConfig(join(import.meta.dirname, '..', '..', 'tsconfig.json')) },
  );
  const output = result.output as ICruiseResult;
  const own = output.modules.filter((module) => layers.some((layer) => module.source.startsWith(`${layer}/`)));
  const violations = output.summary.violations.map((each) => `${each.rule.name}: ${each.from} → ${each.to}`);
  if (own.length < fewest) violations.push(`looked at ${own.length} modules only, fewer than ${fewest}`);
  return { modules: own.length, violations };
}

if (import.meta.main) {
  const report = await checkLayers(join(import.meta.dirname, '..', '..'), 100);
  for (const violation of report.violations) console.error(violation);
  console.log(`layers: ${report.modules} modules, ${report.violations.length} violations`);
  process.exitCode = report.violations.length > 0 ? 1 : 0;
}
