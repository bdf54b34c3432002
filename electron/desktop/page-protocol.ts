/** Serves the built page as app://outpost/, with its policy on every answer. */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { contentSecurityPolicy } from '../host/page-policy.ts';
import { staticFile } from '../host/static-files.ts';
import { pageOrigin } from './channels.ts';

const { protocol: schemeColon, host: pageHost } = new URL(`${pageOrigin}/`);
const scheme = schemeColon.slice(0, -1);

/** Before the program is ready: from then on the scheme is one like https, with an origin of its own. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

const safeHeaders = { 'Content-Security-Policy': contentSecurityPolicy, 'X-Content-Type-Options': 'nosniff' };

export function servePage(folder: string): void {
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    const file = url.host === pageHost && request.method === 'GET' ? staticFile(folder, url.pathname) : null;
    if (!file) return new Response('There is nothing here.', { status: 404, headers: safeHeaders });
    return new Response(new Uint8Array(await readFile(file.path)), {
      headers: { ...safeHeaders, 'Content-Type': file.type },
    });
  });
}
