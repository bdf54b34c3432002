/** Makes and changes a capture form: event, fields, interests, questions, consent, matching. */
import {
  Button,
  Drawer,
  Group,
  NativeSelect,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { consentLevels } from '../../../shared/model/picklists.ts';
import { captureModes } from '../../../shared/rules/capture/definition.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { FieldRows, OwnFieldRows, Questions } from './designer-parts.tsx';
import { askableNames } from './own-values.ts';
import { type FormValues, formValuesSchema, newFormValues } from './form-values.ts';

type Form = OutputOf<'captureForms.list'>['rows'][number];
type Props = {
  readonly opened: boolean;
  /** Null: a new form. */
  readonly form: Form | null;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
};

export function FormDesigner({ opened, form, onClose, onSaved }: Props) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={680}
      title={
        <Text component="span" fw={600} size="lg">
          {form === null ? t('capture.designerNew') : t('capture.designerEdit')}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened ? <Designer key={form?.id ?? 'new'} form={form} onClose={onClose} onSaved={onSaved} /> : null}
    </Drawer>
  );
}

const modeLabels = {
  contactsAndLeads: 'capture.modeContactsAndLeads',
  leadsOnly: 'capture.modeLeadsOnly',
  contactsOnly: 'capture.modeContactsOnly',
  interactionOnly: 'capture.modeInteractionOnly',
  alwaysNewLead: 'capture.modeAlwaysNewLead',
} as const;

function Designer({ form, onClose, onSaved }: Omit<Props, 'opened'>) {
  const create = useAction('captureForms.create', { saved: t('capture.formCreated') });
  const update = useAction('captureForms.update', { saved: t('capture.formSaved') });
  const { control, register, handleSubmit, formState, watch, setValue } = useForm<FormValues, unknown, FormValues>({
    resolver: zodResolver(formValuesSchema),
    defaultValues:
      form === null
        ? newFormValues()
        : { name: form.name, eventId: form.eventId, active: form.active, definition: form.definition },
  });
  const { errors } = formState;
  const events = useCall('events.list', { limit: 500, sort: { field: 'startsOn', direction: 'desc' } });
  const strategies = useCall('matchingStrategies.list', { limit: 100 });
  const strategiesFor = (target: 'contact' | 'lead') =>
    (strategies.data?.rows ?? [])
      .filter((strategy) => strategy.target === target)
      .map(({ id, name }) => ({ value: id, label: name }));

  const save = handleSubmit(async (values) => {
    const sent = { ...values, name: values.name.trim() };
    if (form === null) {
      const result = await create.run({ values: sent });
      if (result.ok) onSaved(result.value.id);
      return;
    }
    const result = await update.run({ id: form.id, values: sent, baseVersion: form.version });
    if (result.ok) onSaved(form.id);
  });

  const consent = watch('definition.consent');

  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <Stack gap="lg">
        <Stack gap="sm">
          <TextInput
            label={t('capture.name')}
            placeholder={t('capture.namePlaceholder')}
            withAsterisk
            data-autofocus
            error={errors.name?.message}
            {...register('name')}
          />
          <Controller
            control={control}
            name="eventId"
            render={({ field }) => (
              <Select
                label={t('capture.event')}
                placeholder={t('capture.eventNone')}
                data={(events.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                searchable
                clearable
                value={field.value}
                onChange={field.onChange}
                onBlur={field.onBlur}
              />
            )}
          />
          <Controller
            control={control}
            name="active"
            render={({ field }) => (
              <Switch
                label={t('capture.active')}
                description={t('capture.activeHint')}
                checked={field.value}
                onChange={(event) => field.onChange(event.currentTarget.checked)}
              />
            )}
          />
        </Stack>

        <section aria-label={t('capture.fieldsTitle')}>
          <Title order={3} size="h5">
            {t('capture.fieldsTitle')}
          </Title>
          <Text size="xs" c="dimmed" mb="xs">
            {t('capture.fieldsHint')}
          </Text>
          <Controller
            control={control}
            name="definition.fields"
            render={({ field }) => <FieldRows value={field.value} onChange={field.onChange} />}
          />
          {errors.definition?.fields?.message === undefined ? null : (
            <Text size="xs" c="var(--mantine-color-error)">
              {errors.definition.fields.message}
            </Text>
          )}
        </section>

        {askableNames().length > 0 && (
          <section aria-label={t('capture.ownTitle')}>
            <Title order={3} size="h5">
              {t('capture.ownTitle')}
            </Title>
            <Text size="xs" c="dimmed" mb="xs">
              {t('capture.ownHint')}
            </Text>
            <Controller
              control={control}
              name="definition.own"
              render={({ field }) => <OwnFieldRows value={field.value ?? []} onChange={field.onChange} />}
            />
          </section>
        )}

        <Stack gap="sm">
          <Controller
            control={control}
            name="definition.interests"
            render={({ field }) => (
              <TagsInput
                label={t('capture.interests')}
                description={t('capture.interestsHint')}
                placeholder={t('capture.interestsPlaceholder')}
                value={field.value}
                onChange={field.onChange}
                maxTags={50}
                acceptValueOnBlur
              />
            )}
          />
          <TextInput label={t('capture.defaultTopic')} {...register('definition.defaultTopic')} />
        </Stack>

        <Questions control={control} errors={errors} register={register} watch={watch} />

        <section aria-label={t('capture.consentTitle')}>
          <Title order={3} size="h5" mb="xs">
            {t('capture.consentTitle')}
          </Title>
          <Stack gap="sm">
            <Switch
              label={t('capture.consentAsk')}
              checked={consent !== null}
              onChange={(event) =>
                setValue(
                  'definition.consent',
                  event.currentTarget.checked
                    ? { wording: t('capture.consentWordingDefault'), language: 'en', level: 'consent' }
                    : null,
                )
              }
            />
            {consent === null ? null : (
              <>
                <Textarea
                  label={t('capture.consentWording')}
                  withAsterisk
                  autosize
                  minRows={3}
                  error={errors.definition?.consent?.wording?.message}
                  {...register('definition.consent.wording')}
                />
                <Group grow align="start">
                  <TextInput label={t('capture.consentLanguage')} {...register('definition.consent.language')} />
                  <NativeSelect
                    label={t('capture.consentLevel')}
                    data={consentLevels
                      .filter((level) => level !== 'none')
                      .map((level) => ({ value: level, label: choiceLabel(level) }))}
                    {...register('definition.consent.level')}
                  />
                </Group>
              </>
            )}
          </Stack>
        </section>

        <section aria-label={t('capture.matchingTitle')}>
          <Title order={3} size="h5" mb="xs">
            {t('capture.matchingTitle')}
          </Title>
          <Stack gap="sm">
            <NativeSelect
              label={t('capture.mode')}
              data={captureModes.map((mode) => ({ value: mode, label: t(modeLabels[mode]) }))}
              {...register('definition.mode')}
            />
            <Group grow>
              {(['contactStrategyId', 'leadStrategyId'] as const).map((name) => (
                <Controller
                  key={name}
                  control={control}
                  name={`definition.${name}`}
                  render={({ field }) => (
                    <NativeSelect
                      label={t(name === 'contactStrategyId' ? 'capture.contactStrategy' : 'capture.leadStrategy')}
                      data={[
                        { value: '', label: t('capture.strategyDefault') },
                        ...strategiesFor(name === 'contactStrategyId' ? 'contact' : 'lead'),
                      ]}
                      value={field.value ?? ''}
                      onChange={(event) =>
                        field.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)
                      }
                    />
                  )}
                />
              ))}
            </Group>
          </Stack>
        </section>

        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={create.pending || update.pending}>
            {t('capture.saveForm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
