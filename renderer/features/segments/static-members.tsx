/** A static segment: contacts picked one by one. */
import { useState } from 'react';
import { useAction, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { Section } from '../../ui/page.tsx';
import { RecordPicker } from '../../ui/record-picker.tsx';
import { MembersList } from './members-list.tsx';

export function StaticMembers({ segmentId }: { readonly segmentId: string }) {
  const change = useAction('segments.setStaticMembers');
  const undo = useUndoToast();
  // a new picker after each choice starts blank
  const [added, setAdded] = useState(0);
  const add = async (id: string, label: string) => {
    setAdded((count) => count + 1);
    const result = await change.run({ id: segmentId, add: [id] });
    if (result.ok) undo(t('segments.added', { name: label }), result.value.writeId);
  };
  const remove = async (id: string, label: string) => {
    const result = await change.run({ id: segmentId, remove: [id] });
    if (result.ok) undo(t('segments.removedMember', { name: label }), result.value.writeId);
  };
  return (
    <Section title={t('segments.staticTitle')}>
      <RecordPicker
        key={added}
        entity="contact"
        label={t('segments.addContact')}
        value={null}
        detail={({ company, email }) => [company, email].filter(Boolean).join(' · ')}
        onChange={(id, row) => {
          if (id !== null) void add(id, row?.label ?? '');
        }}
      />
      <MembersList
        segmentId={segmentId}
        emptyText={t('segments.staticEmpty')}
        onRemove={(id, label) => void remove(id, label)}
      />
    </Section>
  );
}
