export const timeline = {
  title: 'Timeline',
  empty: 'Nothing happened yet',
  emptyHint: 'Interactions, calls, stage moves and consent appear here, newest first.',
} as const;
