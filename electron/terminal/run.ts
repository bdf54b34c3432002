/**
 * The same calls for a shell. Exit status: 0 done, 1 refused (the error's code and sentence on standard error),
 * 2 wrong usage. The commands themselves are loaded when they run.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CallResult } from '../../shared/contract/call.ts';
import { exportFormats } from '../../shared/contract/hq.ts';
import { importFormats, importKinds, missActions } from '../../shared/contract/imports.ts';
import { userRoles } from '../../shared/model/picklists.ts';
import { hitActions } from '../../shared/rules/matching/definition.ts';
import { isChecked, errorOfThrown, logBug, stderrLog } from '../host/log.ts';
import type { DuplicatesOptions } from './commands/duplicates.ts';
import type { ExportOptions, ImportOptions } from './commands/data.ts';
import type { HqReceiveOptions } from './commands/hq.ts';
import type { InitOptions } from './commands/workspace.ts';
import { type Answer, printAnswer, printError, sayErr, sayOut } from './console.ts';
import { createSession, type GlobalOptions, programVersion, type Session } from './session.ts';

type Work = (session: Session) => Promise<CallResult<Answer>>;

const data = () => import('./commands/data.ts');
const pairs = () => import('./commands/duplicates.ts');
const workspaces = () => import('./commands/workspace.ts');

function wholeNumber(text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1 up.');
  return value;
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be from 0 to 1.');
  return value;
}

/** Answers the exit status. */
export async function run(args: readonly string[]): Promise<number> {
  let status = 0;
  const runIn = async (options: GlobalOptions, work: Work): Promise<void> => {
    status = await perform(options, work);
  };
  const program = define(runIn);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // help that was asked for is no wrong usage
    return error.exitCode === 0 ? 0 : 2;
  }
  return status;
}

async function perform(options: GlobalOptions, work: Work): Promise<number> {
  const session = createSession(options);
  let status: number;
  try {
    const result = await work(session);
    if (result.ok) {
      printAnswer(result.value, options.json);
      status = result.value.isBad === true ? 1 : 0;
    } else {
      printError(result.error, options.json);
      status = 1;
    }
  } catch (error) {
    const [typed, bug] = errorOfThrown(error, 'terminal', isChecked());
    if (bug) logBug(stderrLog)(bug);
    printError(typed, options.json);
    status = 1;
  }
  await session.close();
  return session.wasInterrupted() ? 130 : status;
}

function define(runIn: (options: GlobalOptions, work: Work) => Promise<void>): Command {
  const program = new Command('outpost')
    .description('Outpost from a shell: the same calls as its windows.')
    .version(programVersion())
    .option('--db <file>', 'the database (default: OUTPOST_DB, or this user’s own)')
    .option('--json', 'print one JSON document on standard output and nothing else', false)
    .option('--progress', 'print {"saved": n} on standard error after each step that is safe on disk', false)
    .showHelpAfterError()
    .exitOverride()
    .configureOutput({ writeOut: (text) => sayOut(text), writeErr: (text) => sayErr(text) });
  program.addHelpText(
    'after',
    '\nThe passphrase of an encrypted database comes from OUTPOST_PASSPHRASE or is asked for on a terminal.',
  );
  const add = (name: string, parent: Command = program): Command => parent.command(name).copyInheritedSettings(program);
  /** The options of a command with those that every command has. */
  const act = (
    command: Command,
    work: (session: Session, args: readonly string[], options: never) => ReturnType<Work>,
  ) =>
    command.action(async () => {
      const options: GlobalOptions = command.optsWithGlobals();
      await runIn(options, (session) => work(session, command.processedArgs as string[], options as never));
    });

  act(
    add('init')
      .description('make a workspace, or join one')
      .option('--demo', 'with made-up records to try things on', false)
      .option('--plain', 'without encryption: for demos and inspection only', false)
      .option('--join <invite>', 'join the workspace of this invitation file')
      .option('--name <name>', 'who uses this laptop')
      .addOption(new Option('--role <role>', 'what they do').choices(userRoles).default('marketer'))
      .option('--country <code>', 'the country of phone numbers without a code, such as BE')
      .option('--workspace <name>', 'name of the new workspace')
      .option('--hq-key <file>', 'where to write the key file for HQ (default: beside the database)'),
    async (session, _args, options: InitOptions) => (await workspaces()).init(session, options),
  );
  act(
    add('import <file>')
      .description('import a file; the same file twice changes nothing. SIGUSR2 pauses it, and lets it go on')
      .addOption(new Option('--as <kind>', 'what the rows are').choices(importKinds))
      .option('--event <name>', 'the event or campaign they come from')
      .addOption(new Option('--format <format>', 'what wrote the file').choices(importFormats).default('auto'))
      .option('--strategy <name>', 'the matching strategy')
      .option(
        '--map <map.json>',
        'which column is which field: {"column": "field"}, or {"column": {"field": "role", "onHit": "overwrite", "values": {"Boss": "decisionMaker", "n/a": null}}}',
      )
      .addOption(new Option('--on-hit <action>', 'what a row does to the record that it hits').choices(hitActions))
      .addOption(new Option('--on-miss <action>', 'what becomes of a row that hits none').choices(missActions))
      .option('--list <name>', 'of members: the subscription list')
      .option('--key <column>', 'the column that identifies a row')
      .option('--create-contacts', 'make and link a contact for every lead without one', false)
      .option('--topic <topic>', 'topic of leads without one')
      .option('--custom-fields', 'make custom fields of all columns that fill nothing', false)
      .option('--rehearse', 'say what the import would do, with a sample of each, and write nothing', false)
      .option('--encoding <name>', 'instead of the detected one')
      .option('--delimiter <character>', 'instead of the detected one')
      .option('--sheet <name>', 'of a workbook: the sheet (default: the first visible one that holds anything)')
      .addOption(
        new Option('--header-row <n>', 'of a workbook: the row with the names of the columns').argParser(wholeNumber),
      ),
    async (session, [file = ''], options: ImportOptions) => (await data()).importFile(session, file, options),
  );
  act(
    add('continue-import <id>')
      .description('take up an import that was cut, behind the last row that it saved')
      .option('--file <file>', 'where the file is now, if it was moved'),
    async (session, [id = ''], options: { file?: string }) => (await data()).continueImport(session, id, options.file),
  );
  act(add('undo-import <id>').description('take back everything an import did'), async (session, [id = '']) =>
    (await data()).undoImport(session, id),
  );
  act(
    add('export')
      .description('write a bundle of everything new, or a file for another system')
      .addOption(new Option('--format <format>', 'for whom').choices(exportFormats).makeOptionMandatory())
      .requiredOption('--out <folder>', 'where to')
      .option('--again', 'bundle: everything ever exported, once more', false)
      .option('--segment <id>', 'only members of this segment')
      .addOption(new Option('--of <kind>', 'which records').choices(['leads', 'contacts', 'accounts']))
      .option('--excel', 'begin the file with a mark that Excel needs', false),
    async (session, _args, options: ExportOptions) => (await data()).exportFiles(session, options),
  );
  act(
    add('receive <file>').description('take in a bundle of another laptop, or a receipt of HQ'),
    async (session, [file = '']) => (await data()).receive(session, file),
  );
  act(
    add('segment <query.json>').description('count and list the contacts that a question finds (- for standard input)'),
    async (session, [file = '']) => (await data()).segment(session, file),
  );
  act(
    add('duplicates')
      .description('pairs of records that are probably one, most probable first, and why')
      .addOption(
        new Option('--of <kind>', 'which records').choices(['contacts', 'accounts', 'leads']).default('contacts'),
      )
      .addOption(new Option('--min-probability <p>', 'from 0 to 1').argParser(share).default(0.5)),
    async (session, _args, options: DuplicatesOptions) => (await pairs()).duplicates(session, options),
  );
  act(
    add('explain-match <a> <b>').description('how probable it is that two records (by id) are one, and why'),
    async (session, [a = '', b = '']) => (await pairs()).explainMatch(session, a, b),
  );
  act(
    add('merge <a> <b>').description('make one record of two (by id): the first survives, and fills its blanks'),
    async (session, [a = '', b = '']) => (await pairs()).mergeTwo(session, a, b),
  );
  act(
    add('queue')
      .description('whom to call, in order, and why')
      .addOption(new Option('--limit <n>', 'how many').argParser(wholeNumber).default(50)),
    async (session, _args, options: { limit: number }) => (await data()).queue(session, options.limit),
  );
  act(
    add('seed')
      .description('fill the database with made-up records')
      .addOption(new Option('--contacts <n>', 'how many contacts').argParser(wholeNumber).makeOptionMandatory())
      .addOption(new Option('--seed <n>', 'the same number gives the same records').argParser(wholeNumber).default(1)),
    async (session, _args, options: { contacts: number; seed: number }) =>
      (await data()).seed(session, options.contacts, options.seed),
  );
  act(
    add('check').description('verify integrity, references, and every derived table against its rebuild'),
    async (session) => (await data()).check(session),
  );
  act(
    add('call <name> [json]').description('any call of the contract (- reads its JSON from standard input)'),
    async (session, [name = '', json = '{}']) => (await import('./commands/calls.ts')).callByName(session, name, json),
  );
  act(add('calls').description('every call with its schema'), async () => {
    const { listCalls } = await import('./commands/calls.ts');
    return { ok: true, value: listCalls() };
  });

  const workspace = add('workspace').description('invite and recover');
  act(
    add('invite', workspace)
      .description('write an invitation for another laptop')
      .requiredOption('--out <file>', 'where to'),
    async (session, _args, options: { out: string }) => (await workspaces()).invite(session, options.out),
  );
  act(
    add('recover', workspace).description(
      'set a new passphrase with the recovery code (from OUTPOST_RECOVERY_CODE, or asked for)',
    ),
    async (session) => (await workspaces()).recover(session),
  );

  const hq = add('hq').description('what HQ does with bundles');
  act(
    add('receive <bundle>', hq)
      .description('verify a bundle with HQ’s key, keep it, and answer with a receipt')
      .requiredOption('--key <file>', 'the HQ key file that init wrote')
      .requiredOption('--hq <folder>', 'where HQ keeps bundles')
      .option('--out <file>', 'where to write the receipt (default: beside the bundle)'),
    async (_session, [bundle = ''], options: HqReceiveOptions) =>
      (await import('./commands/hq.ts')).receiveAtHq(bundle, options),
  );
  return program;
}
