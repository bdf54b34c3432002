/** The log file of this user, kept small. */
import { join } from 'node:path';
import { app } from 'electron';
import log from 'electron-log/node.js';
import type { Log } from '../host/log.ts';

export function fileLog(): Log {
  log.transports.file.resolvePathFn = () => join(app.getPath('logs'), 'outpost.log');
  log.transports.file.maxSize = 2 * 1024 * 1024;
  log.transports.console.level = app.isPackaged ? false : 'info';
  return (event, details) => log.error(event, JSON.stringify(details));
}
