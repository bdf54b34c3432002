/** `npm start`: the page is built, then Electron opens where its runtime is, and the loopback host otherwise. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { keepCompiledCode } from './compile-cache.ts';

keepCompiledCode();

const help = `Usage: npm start -- [options]

  --db FILE     the database to open (default: OUTPOST_DB, or this user's own)
  --loopback    use a browser of this machine, without Electron
  --port PORT   port of the loopback host (default: any)
  --no-open     print the link without opening a browser
  --help        this text
`;

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        db: { type: 'string' },
        loopback: { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`Not a port: ${values.port}`);
    return { ...values, port };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : ''}\n\n${help}`);
    process.exit(2);
  }
}

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;

const say = (sentence: string): void => {
  process.stdout.write(`${sentence}\n`);
};

async function start(): Promise<void> {
  const options = readOptions();
  if (options.help) return say(help.trimEnd());
  const chosen = options.db ?? process.env['OUTPOST_DB'];
  const database = chosen === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? '.', chosen);

  if (!options.loopback && hasDisplay()) {
    const { electronExecutable, fetchElectron } = await import('./electron-runtime.ts');
    const executable = electronExecutable(root) ?? fetchElectron(root, say);
    if (executable !== null) return openElectron(executable, database);
  }
  if (!options.loopback) {
    say(`Electron ${hasDisplay() ? 'is not installed here' : 'needs a display'}: Outpost opens in a browser instead.`);
  }
  const { buildIfStale, builds, pageFolderOf } = await import('./builds.ts');
  if (!buildIfStale(root, builds.page)) process.exit(1);
  const { runLoopback } = await import('./loopback/main.ts');
  const { defaultDatabasePath } = await import('./host/database-file.ts');
  await runLoopback({
    databasePath: database ?? defaultDatabasePath(),
    pageFolder: pageFolderOf(root),
    version: versionOf(root),
    port: options.port,
    openBrowser: !options['no-open'] && hasDisplay(),
  });
}

const versionOf = (folder: string): string => {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return version;
};

async function openElectron(executable: string, database: string | undefined): Promise<void> {
  const { buildIfStale, builds } = await import('./builds.ts');
  if (!buildIfStale(root, builds.desktop)) process.exit(1);
  const environment = { ...process.env };
  if (database !== undefined) environment['OUTPOST_DB'] = database;
  const child = spawn(executable, [root], { stdio: 'inherit', env: environment });
  child.on('exit', (code) => process.exit(code ?? 1));
}

await start();
