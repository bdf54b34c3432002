export const interactions = {
  title: 'Interactions',
  noun: 'interactions',
  kind: 'Kind',
  allKinds: 'Every kind',
  emptyTitle: 'Nothing recorded yet',
  emptyBody: 'What people did is recorded by captures, calls and imports, and never rewritten.',
  emptyKind: 'Nothing of this kind',
  emptyKindBody: 'Nobody did that yet, as far as is known here.',
  showAll: 'Show every kind',
  toImport: 'Import a file',
  nobody: 'It belongs to no contact or lead.',
} as const;
