export const welcome = {
  title: 'welcome',
} as const;
