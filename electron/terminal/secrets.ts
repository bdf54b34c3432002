/** Passphrases and recovery codes: from the environment, or typed unseen on a terminal. Never from an argument. */
import { type CallError, callError } from '../../shared/contract/call.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { sayErr } from './console.ts';

const fromEnvironment = (name: string): string | null => {
  const value = process.env[name];
  return value === undefined || value === '' ? null : value;
};

/** Null when the person pressed Ctrl+C or Ctrl+D. */
function typeUnseen(question: string): Promise<string | null> {
  const { stdin } = process;
  sayErr(question);
  return new Promise((resolve) => {
    let typed = '';
    const end = (value: string | null): void => {
      stdin.off('data', read);
      stdin.setRawMode(false);
      stdin.pause();
      sayErr('\n');
      resolve(value);
    };
    const read = (chunk: Buffer): void => {
      for (const letter of chunk.toString('utf8')) {
        if (letter === '\r' || letter === '\n') return end(typed);
        if (letter === '\u0003' || letter === '\u0004') return end(null);
        if (letter === '\u007f' || letter === '\b') typed = [...typed].slice(0, -1).join('');
        else typed += letter;
      }
    };
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('data', read);
  });
}

async function ask(name: string, question: string, required: CallError): Promise<Result<string, CallError>> {
  const given = fromEnvironment(name);
  if (given !== null) return ok(given);
  if (!process.stdin.isTTY) return err(required);
  const typed = await typeUnseen(question);
  return typed === null ? err(callError('cancelled', 'Nothing was done.')) : ok(typed);
}

const passphraseRequired = (): CallError =>
  callError('passphraseRequired', 'The database is encrypted. Set OUTPOST_PASSPHRASE, or run this on a terminal.');

export const askPassphrase = (): Promise<Result<string, CallError>> =>
  ask('OUTPOST_PASSPHRASE', 'Passphrase: ', passphraseRequired());

/** A new one is typed twice. */
export async function askNewPassphrase(): Promise<Result<string, CallError>> {
  if (fromEnvironment('OUTPOST_PASSPHRASE') !== null || !process.stdin.isTTY) return askPassphrase();
  for (;;) {
    const first = await ask('', 'New passphrase (at least 8 characters): ', passphraseRequired());
    if (!first.ok) return first;
    const second = await ask('', 'The same once more: ', passphraseRequired());
    if (!second.ok || second.value === first.value) return second;
    sayErr('The two are not the same.\n');
  }
}

export const askRecoveryCode = (): Promise<Result<string, CallError>> =>
  ask(
    'OUTPOST_RECOVERY_CODE',
    'Recovery code: ',
    callError('wrongRecoveryCode', 'Set OUTPOST_RECOVERY_CODE, or run this on a terminal.'),
  );
