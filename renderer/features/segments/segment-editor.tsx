/** Another segment as a building block: is, or is not, a member of it. */
import { Select } from '@mantine/core';
import { t } from '../../i18n/index.ts';
import { RecordPicker } from '../../ui/record-picker.tsx';
import { useCall } from '../../app/use-call.ts';
import { useBuilder } from './builder-context.tsx';
import classes from './builder.module.css';
import type { EditorSegment } from './tree.ts';

export function SegmentEditor({ node }: { readonly node: EditorSegment }) {
  const { store, segmentId } = useBuilder();
  const { update } = store.getState();
  const chosen = useCall('segments.get', { id: node.segmentId }, { enabled: node.segmentId !== '' });
  return (
    <>
      <Select
        aria-label={t('segments.membership')}
        data={[
          { value: 'is', label: t('segments.isMember') },
          { value: 'isNot', label: t('segments.isNotMember') },
        ]}
        value={node.not ? 'isNot' : 'is'}
        allowDeselect={false}
        onChange={(value) =>
          update(node.key, (before) => (before.kind === 'segment' ? { ...before, not: value === 'isNot' } : before))
        }
      />
      <div className={classes.wideValue} style={{ gridColumn: 'span 2' }}>
        <RecordPicker
          entity="segment"
          label={t('segments.segmentRef')}
          hideLabel
          value={node.segmentId === '' ? null : node.segmentId}
          valueLabel={chosen.data?.label}
          placeholder={t('segments.segmentPlaceholder')}
          clearable={false}
          {...(segmentId === null ? {} : { exclude: segmentId })}
          onChange={(id) =>
            update(node.key, (before) => (before.kind === 'segment' ? { ...before, segmentId: id ?? '' } : before))
          }
        />
      </div>
    </>
  );
}
