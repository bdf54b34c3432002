export const timeline = {
  title: 'timeline',
} as const;
