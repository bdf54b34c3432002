/**
 * The browser of the end-to-end tests: one that is installed, else Debian's Chromium through apt when root. Playwright's
 * own download is not used: it fails on closed networks.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  process.env.OUTPOST_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a Chromium or Chrome; null where there is none and none could be installed (the reason is printed). */
export function findBrowser(install: boolean): string | null {
  const found = places.find((place) => place !== undefined && existsSync(place));
  if (found) return found;
  if (!install) return null;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || spawnSync('apt-get', ['--version']).status !== 0) {
    console.error(
      'No Chromium found. Install Chromium or Chrome (Debian: sudo apt-get install chromium), or set OUTPOST_CHROMIUM to its path.',
    );
    return null;
  }
  console.log('Installing Debian’s Chromium for the end-to-end tests …');
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'] as const,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  try {
    execFileSync('apt-get', ['update', '-qq'], { ...quiet, stdio: [...quiet.stdio] });
    execFileSync(
      'apt-get',
      ['install', '-y', '-qq', 'chromium', 'fonts-noto-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji'],
      { ...quiet, stdio: [...quiet.stdio] },
    );
  } catch {
    console.error('Chromium could not be installed through apt. Install it by hand and run the tests again.');
    return null;
  }
  return existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : null;
}
