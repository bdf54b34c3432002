/**
 * Which tabs stand in the row and which under More. Widths are estimated from the labels: a tab that is measured must
 * be drawn first, and the row would jump.
 */
type Tab = { readonly id: string; readonly label: string; readonly count?: number | undefined };

const letter = 6.9;
const around = 18;
const counted = 27;
const more = 74;

const widthOf = ({ label, count }: Tab): number =>
  label.length * letter + around + (count ? counted + String(Math.min(count, 1000)).length * 6 : 0);

/** `width` 0: not known yet. The one in sight is always in the row. */
export function fittingTabs<T extends Tab>(
  tabs: readonly T[],
  width: number,
  active: string | null,
): { readonly shown: readonly T[]; readonly folded: readonly T[] } {
  const total = tabs.reduce((sum, tab) => sum + widthOf(tab), 0);
  if (width === 0 || total <= width) return { shown: tabs, folded: [] };
  const inSight = tabs.find(({ id }) => id === active);
  let left = width - more - (inSight ? widthOf(inSight) : 0);
  const shown = new Set<T>(inSight ? [inSight] : []);
  for (const tab of tabs) {
    const needed = widthOf(tab);
    if (tab === inSight || needed > left) continue;
    left -= needed;
    shown.add(tab);
  }
  return { shown: tabs.filter((tab) => shown.has(tab)), folded: tabs.filter((tab) => !shown.has(tab)) };
}
