export const contacts = {
  title: 'contacts',
} as const;
