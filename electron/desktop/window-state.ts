/** Where the window was, kept between runs; forgotten when no screen is there any more. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

const stateSchema = z.object({
  width: z.int().min(200).max(20_000),
  height: z.int().min(200).max(20_000),
  x: z.int().optional(),
  y: z.int().optional(),
  isMaximized: z.boolean(),
});
export type WindowState = { width: number; height: number; x?: number; y?: number; isMaximized: boolean };

const first: WindowState = { width: 1360, height: 860, isMaximized: false };

function read(file: string): WindowState {
  if (!existsSync(file)) return first;
  try {
    const { x, y, ...rest } = stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return x === undefined || y === undefined ? rest : { ...rest, x, y };
  } catch {
    // written by another version, or cut short: a window's place is not worth a question
    return first;
  }
}

/** At least its title bar must lie on a screen. */
const isReachable = ({ x, y, width }: WindowState, area: Rectangle): boolean =>
  x !== undefined &&
  y !== undefined &&
  x < area.x + area.width - 100 &&
  x + width > area.x + 100 &&
  y >= area.y &&
  y < area.y + area.height - 50;

export function readWindowState(file: string, areas: readonly Rectangle[]): WindowState {
  const state = read(file);
  if (areas.some((area) => isReachable(state, area))) return state;
  const { width, height, isMaximized } = state;
  return { width, height, isMaximized };
}

export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
    writeFileSync(file, JSON.stringify(state));
  });
}
