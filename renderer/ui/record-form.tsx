/**
 * The form of a record: values by field name, checked by the contract's schema, saved as the fields that differ with
 * the version they were read at. When somebody else saved in between, fields that do not clash are saved at once and
 * for the others both values are shown.
 */
import { zodResolver } from '@hookform/resolvers/zod';
import { Button } from '@mantine/core';
import { Save } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { CallResult } from '../../shared/contract/call.ts';
import { isCustomFieldName } from '../../shared/model/custom-field.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import type { RecordMeta } from '../../shared/model/field.ts';
import { useLeaveGuard } from '../app/leave-guard.ts';
import { useUndoToast } from '../app/use-call.ts';
import { customNames, schemaOf, useFields } from '../app/workspace-fields.ts';
import { t } from '../i18n/index.ts';
import { type Conflict, ConflictDialog } from './conflict-dialog.tsx';
import { ShortcutTooltip, useShortcuts } from './shortcuts.tsx';
import { showError } from './toast.tsx';

export type FormValues = Record<string, unknown>;
type Loaded = RecordMeta & Readonly<Record<string, unknown>>;
type Saved = CallResult<{ writeId: number | null; version: number }>;

export type RecordFormOptions = {
  readonly entity: EntityName;
  readonly record: Loaded;
  /** Fields that the form shows, beside those that the workspace added. */
  readonly fields: readonly string[];
  /** `contacts.update` with `quiet: true`. */
  readonly save: (values: FormValues, baseVersion: number) => Promise<Saved>;
  /** `contacts.get`, afresh. */
  readonly reload: () => Promise<CallResult<Loaded>>;
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const pick = (from: Readonly<Record<string, unknown>>, names: readonly string[]): FormValues =>
  Object.fromEntries(names.map((name) => [name, from[name] ?? null]));

/**
 * Without the fields of the workspace that are as they were: what a record has from before an option was taken away, or
 * the field was, does not keep anybody from saving the rest.
 */
function changedOnly(values: FormValues, own: readonly string[], from: Loaded): FormValues {
  const isTaken = ([name, value]: [string, unknown]) =>
    !isCustomFieldName(name) || (own.includes(name) && !isSame(value, from[name]));
  return Object.fromEntries(Object.entries(values).filter(isTaken));
}

/** Rows that were added and left empty are not meant. */
export function withoutEmptyParts(values: FormValues): FormValues {
  const isMeant = (part: unknown) =>
    typeof part !== 'object' ||
    part === null ||
    !(('address' in part && part.address === '') || ('number' in part && part.number === ''));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.filter(isMeant) : value]),
  );
}

export function useRecordForm(options: RecordFormOptions) {
  const { entity, record, save, reload } = options;
  const known = useFields(entity);
  const own = useMemo(() => customNames(known), [known]);
  const fields = useMemo(() => [...new Set([...options.fields, ...own])], [options.fields, own]);
  const base = useRef<Loaded>(record);
  const undo = useUndoToast();
  const [conflicts, setConflicts] = useState<{ mine: FormValues; theirs: Loaded; list: Conflict[] } | null>(null);
  const form = useForm<FormValues>({
    defaultValues: pick(record, fields),
    resolver: async (values, context, resolverOptions) =>
      zodResolver(schemaOf(entity, known))(
        withoutEmptyParts(changedOnly(values, own, base.current)),
        context,
        resolverOptions,
      ),
  });
  const { isDirty, isSubmitting } = form.formState;
  useLeaveGuard(isDirty);

  // saved elsewhere while nothing is typed here: simply show it
  useEffect(() => {
    if (isDirty || (record.id === base.current.id && record.version === base.current.version)) return;
    base.current = record;
    form.reset(pick(record, fields));
  }, [record, isDirty, form, fields]);

  const store = useCallback(
    async (values: FormValues, from: Loaded): Promise<void> => {
      const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => !isSame(value, from[name])));
      if (Object.keys(changed).length === 0) {
        base.current = from;
        form.reset(pick(from, fields));
        return;
      }
      const result = await save(changed, from.version);
      if (result.ok) {
        base.current = { ...from, ...changed, version: result.value.version };
        form.reset(pick(base.current, fields));
        undo(t('common.saved'), result.value.writeId);
        return;
      }
      if (result.error.code === 'changedSince') {
        const latest = await reload();
        if (!latest.ok) return showError(latest.error);
        const list = Object.keys(changed)
          .filter((name) => !isSame(latest.value[name], from[name]) && !isSame(latest.value[name], changed[name]))
          .map((name) => ({
            name,
            mine: changed[name],
            theirs: latest.value[name],
            theirLabel: latest.value.labels[name] ?? null,
          }));
        if (list.length > 0) return setConflicts({ mine: changed, theirs: latest.value, list });
        return store(changed, latest.value);
      }
      for (const { path, message } of result.error.issues ?? []) {
        const name = path.replace(/^values\.?/, '').split('.')[0] ?? '';
        if (fields.includes(name)) form.setError(name, { message });
      }
      showError(result.error);
    },
    [fields, form, reload, save, undo],
  );

  const submit = form.handleSubmit((values) => {
    const shown = Object.fromEntries(
      fields.filter((name) => name in values).map((name) => [name, values[name] ?? null]),
    );
    return store(shown, base.current);
  });
  const discard = () => form.reset(pick(base.current, fields));

  const dialog =
    conflicts === null ? null : (
      <ConflictDialog
        entity={entity}
        conflicts={conflicts.list}
        onCancel={() => setConflicts(null)}
        onApply={(takeTheirs) => {
          const kept = Object.entries(conflicts.mine).filter(([name]) => !takeTheirs.has(name));
          setConflicts(null);
          void store(Object.fromEntries(kept), conflicts.theirs);
        }}
      />
    );
  return { form, submit, discard, isDirty, isSaving: isSubmitting, dialog };
}

export type RecordFormState = ReturnType<typeof useRecordForm>;

/** The form element with its provider; Ctrl+S and Enter save. */
export function RecordForm({ state, children }: { readonly state: RecordFormState; readonly children: ReactNode }) {
  useShortcuts([{ keys: 'mod+s', label: t('common.save'), run: () => void state.submit(), inFields: true }]);
  return (
    <FormProvider {...state.form}>
      <form onSubmit={(event) => void state.submit(event)} noValidate>
        {children}
      </form>
      {state.dialog}
    </FormProvider>
  );
}

/** Save and discard, for a page's header. */
export function SaveButtons({ state }: { readonly state: RecordFormState }) {
  return (
    <>
      {state.isDirty && (
        <Button variant="subtle" onClick={state.discard}>
          {t('common.discard')}
        </Button>
      )}
      <ShortcutTooltip label={t('common.save')} keys="mod+s">
        <Button
          leftSection={<Save size={15} aria-hidden />}
          disabled={!state.isDirty}
          loading={state.isSaving}
          onClick={() => void state.submit()}
        >
          {t('common.save')}
        </Button>
      </ShortcutTooltip>
    </>
  );
}
