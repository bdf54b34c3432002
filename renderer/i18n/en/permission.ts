export const permission = {
  title: 'permission',
} as const;
