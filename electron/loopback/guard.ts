/**
 * Who may talk to the loopback host: the browser window that followed the link this host printed, and nobody else. Any
 * page or program on this machine can reach 127.0.0.1, so each request is checked for host name (DNS rebinding),
 * origin (other pages) and the cookie that only the link gives (other programs).
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentSecurityPolicy } from '../host/page-policy.ts';

/** On every answer. */
export function setSafeHeaders(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()');
  response.setHeader('Cache-Control', 'no-store');
}

export type Refusal = { readonly status: number; readonly sentence: string };

export type Guard = {
  /** A path with a token that is good once. */
  newLink(): string;
  /** The cookie for a link's token; null when it is not one, or was used. */
  redeem(token: string): string | null;
  /** Null when the request may pass. */
  refuse(request: IncomingMessage, needsCookie: boolean): Refusal | null;
};

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const newToken = (): string => randomBytes(32).toString('base64url');

function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return null;
}

export function createGuard(port: number): Guard {
  const session = newToken();
  const links = new Set<string>();
  // cookies do not tell ports apart: the name does, so that two hosts on this machine do not log each other out
  const cookieName = `outpost-${port}`;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const forbid = (sentence: string): Refusal => ({ status: 403, sentence });

  return {
    newLink() {
      const token = newToken();
      links.add(token);
      return `/open?token=${token}`;
    },
    redeem(token) {
      const found = [...links].find((each) => same(each, token));
      if (found === undefined) return null;
      links.delete(found);
      return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    refuse(request, needsCookie) {
      const { host, origin } = request.headers;
      if (host === undefined || !hosts.has(host))
        return { status: 421, sentence: 'This is not the host you asked for.' };
      if (origin !== undefined && origin !== `http://${host}`) return forbid('Requests of other pages are refused.');
      if (request.method !== 'GET' && origin === undefined)
        return forbid('A request that changes must say its origin.');
      if (!needsCookie) return null;
      const site = request.headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin' && site !== 'none') {
        return forbid('Requests of other pages are refused.');
      }
      const cookie = cookieOf(request, cookieName);
      if (cookie === null || !same(cookie, session)) {
        return { status: 401, sentence: 'Open the link that Outpost printed. A link is good for one browser.' };
      }
      return null;
    },
  };
}
