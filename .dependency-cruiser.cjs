/** The one-way rule: renderer → shared ← db ← electron. Type-only imports count. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from}/ may import only ${allowed.join(', ')}`,
  from: { path: `^${from}/` },
  to: { path: '^(shared|db|electron|renderer|test)/', pathNot: allowed.map((each) => `^${each}/`) },
});

module.exports = {
  forbidden: [
    only('shared-stands-alone', 'shared', ['shared']),
    only('db-knows-shared', 'db', ['db', 'shared']),
    only('electron-knows-db-and-shared', 'electron', ['electron', 'db', 'shared']),
    only('renderer-knows-shared', 'renderer', ['renderer', 'shared']),
    {
      name: 'shared-is-pure',
      severity: 'error',
      comment: 'shared imports zod and pure libraries only: no Node, no DOM libraries, no SQL',
      from: { path: '^shared/' },
      to: {
        path: '^(node:|fs|path|crypto|os|child_process|worker_threads|electron$)|node_modules/',
        pathNot: 'node_modules/(zod|libphonenumber-js|date-fns|@date-fns/tz)/',
      },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-only-at-the-edge',
      severity: 'error',
      comment: 'only main, preload and the desktop capabilities import electron',
      from: { path: '^electron/', pathNot: '^electron/(main|preload)\\.ts$|^electron/desktop/' },
      to: { path: '^electron$|node_modules/electron/' },
    },
    {
      name: 'no-electron-elsewhere',
      severity: 'error',
      from: { path: '^(shared|db|renderer)/' },
      to: { path: '^electron$|node_modules/electron/' },
    },
    {
      name: 'by-its-parts',
      severity: 'error',
      comment: 'the whole of date-fns takes two seconds of CPU to load: date-fns/format, not date-fns',
      from: { path: '^(shared|db|electron)/' },
      to: { path: 'node_modules/date-fns/index\\.' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
    },
  },
};
