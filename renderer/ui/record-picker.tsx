/** Chooses a record by typing part of its name; the current one is shown by its label. */
import { CloseButton, Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import type { ListViewId } from '../../shared/contract/records.ts';
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import { useList } from '../app/list-calls.ts';
import { t } from '../i18n/index.ts';
import { usePickOnEnter } from './pick-on-enter.ts';
import classes from './record-picker.module.css';

type Props<E extends EntityName> = {
  readonly entity: E;
  readonly label: string;
  readonly value: string | null;
  /** How the current record is called, where known (`record.labels.accountId`). */
  readonly valueLabel?: string | null | undefined;
  readonly onChange: (id: string | null, row: EntityRecord<E> | null) => void;
  readonly view?: ListViewId;
  /** A second line for each record found. */
  readonly detail?: (row: EntityRecord<E>) => ReactNode;
  /** Offers to make a record of the name typed. */
  readonly onCreate?: (name: string) => void;
  readonly exclude?: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly clearable?: boolean;
  readonly disabled?: boolean;
  readonly hideLabel?: boolean;
  /** In a dialog: where one begins. */
  readonly autoFocus?: boolean;
};

const createValue = '+create';

export function RecordPicker<E extends EntityName>(props: Props<E>) {
  const { entity, value, onChange, clearable = true } = props;
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  // null: not typing, the field shows the record chosen
  const [typed, setTyped] = useState<string | null>(null);
  const [picked, setPicked] = useState<{ id: string; label: string } | null>(null);
  const [search] = useDebouncedValue((typed ?? '').trim(), 120);
  const found = useList(
    entity,
    { limit: 12, ...(search === '' ? {} : { search }), ...(props.view ? { view: props.view } : {}) },
    { enabled: combobox.dropdownOpened, keep: true },
  );
  const rows = (found.data?.rows ?? []).filter(({ id }) => id !== props.exclude);
  const label = value === null ? '' : picked?.id === value ? picked.label : (props.valueLabel ?? '');
  const name = (typed ?? '').trim();

  // what was typed is answered later: Enter then takes the best hit
  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (typed !== null && typed.trim() !== '') selectFirstOption();
    // only when the answer changes, so that the arrow keys keep their place
    // oxlint-disable-next-line react/exhaustive-deps
  }, [found.data]);

  const choose = (id: string) => {
    if (id === createValue) props.onCreate?.(name);
    const row = rows.find((each) => each.id === id);
    if (row !== undefined) {
      setPicked({ id: row.id, label: row.label });
      onChange(row.id, row);
    }
    setTyped(null);
    combobox.closeDropdown();
  };
  const isBehind = typed !== null && (name !== search || found.isPlaceholderData);
  const pickOnEnter = usePickOnEnter(isBehind, () => {
    const first = rows[0];
    if (typed !== null && first !== undefined) choose(first.id);
  });

  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md" withinPortal>
      <Combobox.Target>
        <TextInput
          {...(props.autoFocus ? { 'data-autofocus': true } : {})}
          {...(props.hideLabel ? { 'aria-label': props.label } : { label: props.label })}
          description={props.hint}
          error={props.error}
          disabled={props.disabled ?? false}
          placeholder={props.placeholder ?? t('common.pickSearch')}
          value={typed ?? label}
          onFocus={(event) => event.currentTarget.select()}
          onClick={() => combobox.openDropdown()}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onBlur={() => {
            combobox.closeDropdown();
            setTyped(null);
          }}
          onKeyDownCapture={pickOnEnter}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && combobox.dropdownOpened) event.stopPropagation();
          }}
          rightSectionPointerEvents="all"
          rightSection={
            combobox.dropdownOpened && found.isFetching ? (
              <Loader size={14} />
            ) : clearable && value !== null && !props.disabled ? (
              <CloseButton
                size="sm"
                aria-label={`${t('common.clear')} ${props.label}`}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => {
                  onChange(null, null);
                  setTyped(null);
                }}
              />
            ) : null
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} className={classes.options} aria-label={props.label}>
          {rows.map((row) => (
            <Combobox.Option value={row.id} key={row.id} active={row.id === value}>
              <div className={classes.name}>{row.label}</div>
              {props.detail && <div className={classes.detail}>{props.detail(row)}</div>}
            </Combobox.Option>
          ))}
          {props.onCreate && name !== '' && (
            <Combobox.Option value={createValue}>{t('common.pickCreate', { name })}</Combobox.Option>
          )}
          {rows.length === 0 && !found.isFetching && <Combobox.Empty>{t('common.pickNothing')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
