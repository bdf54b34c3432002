/** Out: a bundle of everything new, or a file for another system, checked by that system's rules first. */
import { Alert, Anchor, Badge, Button, Checkbox, Select, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { CloudUpload } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { type ExportFormat, exportFormats } from '../../../shared/contract/hq.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { newJobId } from '../../app/live.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import { chooseFolder, type FileLinks, FileLinkList, takeFiles } from '../../ui/file-links.tsx';
import { formatBytes, formatNumber } from '../../ui/format.ts';
import { JobPanel } from '../../ui/job-panel.tsx';
import { Section } from '../../ui/page.tsx';
import { RecordPicker } from '../../ui/record-picker.tsx';
import classes from './hq.module.css';

const kinds = ['leads', 'contacts', 'accounts'] as const;
type Kind = (typeof kinds)[number];
const kindsOf = (format: ExportFormat): readonly Kind[] => {
  switch (format) {
    case 'bundle':
      return [];
    case 'hubspot':
    case 'vcard':
      return ['contacts'];
    case 'salesforce':
      return ['leads'];
    case 'dynamics365':
    case 'csv':
      return kinds;
  }
};

type Done = { readonly output: OutputOf<'exports.run'>; readonly links: FileLinks; readonly folder: string };

export function ExportSection() {
  const [format, setFormat] = useState<ExportFormat>('bundle');
  const [kind, setKind] = useState<Kind>('leads');
  const [segmentId, setSegmentId] = useState<string | null>(null);
  const [again, setAgain] = useState(false);
  const [excelBom, setExcelBom] = useState(false);
  const [jobId, setJobId] = useState<string | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const run = useAction('exports.run', { quiet: ['nothingToExport'] });
  const offered = kindsOf(format);
  const entity = offered.includes(kind) ? kind : offered[0];
  const isBundle = format === 'bundle';
  const selection = {
    format,
    ...(entity === undefined ? {} : { entity }),
    ...(segmentId === null || entity !== 'contacts' ? {} : { segmentId }),
  };
  const preflight = useCall('exports.preflight', selection, { enabled: !isBundle });

  const start = async () => {
    setDone(null);
    const folder = await chooseFolder();
    if (folder === null) return;
    const job = newJobId();
    setJobId(job);
    const result = await run.run({
      ...selection,
      folder: folder.folder,
      again: isBundle && again,
      excelBom,
      jobId: job,
    });
    setJobId(null);
    if (result.ok) {
      const names = result.value.files.map(({ name }) => name);
      const links = names.length === 0 ? [] : await takeFiles(folder, names);
      setDone({ output: result.value, links, folder: folder.name });
      setAgain(false);
    } else if (result.error.code === 'nothingToExport') {
      setDone({ output: { changes: 0, records: 0, files: [], preflight: [] }, links: [], folder: folder.name });
    }
  };

  return (
    <Section title={t('hq.export')} hint={t('hq.exportHint')}>
      <Stack gap="sm">
        <SimpleGrid cols={offered.length > 1 || entity === 'contacts' ? 2 : 1} spacing="sm">
          <Select
            label={t('hq.format')}
            data={exportFormats.map((each) => ({ value: each, label: t(`hq.formats.${each}`) }))}
            value={format}
            allowDeselect={false}
            onChange={(next) => {
              setFormat(exportFormats.find((each) => each === next) ?? format);
              setDone(null);
            }}
          />
          {offered.length > 1 && (
            <Select
              label={t('hq.records')}
              data={offered.map((each) => ({ value: each, label: choiceLabel(each) }))}
              value={entity ?? null}
              allowDeselect={false}
              onChange={(next) => setKind(kinds.find((each) => each === next) ?? kind)}
            />
          )}
          {entity === 'contacts' && (
            <RecordPicker
              entity="segment"
              label={t('hq.segment')}
              value={segmentId}
              onChange={(id) => setSegmentId(id)}
            />
          )}
        </SimpleGrid>
        {isBundle ? (
          <Checkbox label={t('hq.again')} checked={again} onChange={(event) => setAgain(event.currentTarget.checked)} />
        ) : (
          format !== 'vcard' && (
            <Checkbox
              label={t('hq.excelBom')}
              checked={excelBom}
              onChange={(event) => setExcelBom(event.currentTarget.checked)}
            />
          )
        )}
        {!isBundle && preflight.data !== undefined && <Preflight report={preflight.data} entity={entity ?? 'leads'} />}
        <div>
          <Button
            leftSection={<CloudUpload size={16} aria-hidden />}
            loading={run.pending}
            onClick={() => void start()}
          >
            {t('hq.run')}
          </Button>
        </div>
        {jobId !== null && <JobPanel jobId={jobId} title={t('hq.running')} />}
        {done !== null && <ExportResult {...done} isBundle={isBundle} />}
      </Stack>
    </Section>
  );
}

function Preflight({ report, entity }: { readonly report: OutputOf<'exports.preflight'>; readonly entity: Kind }) {
  const { issues, records } = report;
  if (issues.length === 0) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('hq.preflight')}: {t('hq.preflightClean', { count: records })}
      </Text>
    );
  }
  return (
    <div>
      <Text size="sm" fw={600} role="status">
        {t('hq.preflight')}: {t('hq.preflightIssues', { count: issues.length, records: formatNumber(records) })}
      </Text>
      <div className={classes.issues} tabIndex={0} role="region" aria-label={t('hq.preflight')}>
        <Table verticalSpacing={3}>
          <Table.Tbody>
            {issues.slice(0, 200).map(({ recordId, label, field, message, level }, index) => (
              <Table.Tr key={index}>
                <Table.Td className={classes.level}>
                  <Badge color={level === 'error' ? 'red' : 'yellow'}>{t(`hq.${level}`)}</Badge>
                </Table.Td>
                <Table.Td>
                  <Text size="sm">{message}</Text>
                  <Text size="xs" c="dimmed">
                    {recordId !== null && (
                      <>
                        <Anchor component={Link} href={`/${entity}/${recordId}`} size="xs">
                          {label}
                        </Anchor>{' '}
                        ·{' '}
                      </>
                    )}
                    {fieldLabel(field)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </div>
  );
}

function ExportResult({ output, links, folder, isBundle }: Done & { readonly isBundle: boolean }) {
  if (output.files.length === 0) {
    return (
      <Alert variant="light" color="gray" role="status" title={t('hq.nothing')}>
        {t('hq.nothingHint')}
      </Alert>
    );
  }
  return (
    <Alert
      variant="light"
      color="teal"
      role="status"
      title={
        isBundle ? t('hq.exported', { count: output.changes }) : t('hq.exportedRecords', { count: output.records })
      }
    >
      <Stack gap="sm">
        {output.files.map(({ name, bytes, sha256 }) => (
          <div key={name}>
            <Text size="sm">
              {name} · {formatBytes(bytes)}
            </Text>
            <div className={classes.hash}>
              {t('hq.sha256')} {sha256}
            </div>
          </div>
        ))}
        <FileLinkList links={links} folder={folder} />
      </Stack>
    </Alert>
  );
}
