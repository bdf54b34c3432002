/** Fields that a workspace adds to its records. */
export const customFields = {
  unknown: 'Removed field',
  gone_one: '{{fields}} was removed or changed since. The list is shown without it.',
  gone_other: '{{fields}} were removed or changed since. The list is shown without them.',
  takeOut: 'Take out of the list',
  openLink: 'Open {{field}} in the browser',
} as const;
