export const hq = {
  title: 'hq',
} as const;
