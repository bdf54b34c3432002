/** Matching strategies: what decides whether somebody is here already. A list, and the one that is being edited. */
import { Badge, Button, Group, NavLink, Stack } from '@mantine/core';
import { Fingerprint, Plus } from 'lucide-react';
import { useLocation, useParams } from 'wouter';
import { useList } from '../../app/list-calls.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from './strategies.module.css';
import { StrategyEditor } from './strategy-editor.tsx';

export function StrategiesPage() {
  const { id } = useParams<{ id?: string }>();
  const [, navigate] = useLocation();
  const list = useList('matchingStrategy', { limit: 200 });
  return (
    <Page
      title={t('strategies.title')}
      icon={Fingerprint}
      wide
      actions={
        <Button leftSection={<Plus size={15} aria-hidden />} onClick={() => navigate('/settings/strategies/new')}>
          {t('strategies.new')}
        </Button>
      }
    >
      <QueryGate query={list} lines={6}>
        {({ rows }) => {
          const chosen = id === 'new' ? null : (rows.find((row) => row.id === id) ?? rows[0] ?? null);
          return (
            <div className={classes.columns}>
              <nav aria-label={t('strategies.title')}>
                <Stack gap={2}>
                  {rows.map((row) => (
                    <NavLink
                      key={row.id}
                      component="button"
                      label={row.name}
                      description={choiceLabel(row.target)}
                      active={row.id === chosen?.id}
                      rightSection={
                        row.isDefault && (
                          <Group gap={4}>
                            <Badge color="teal">{t('settings.isDefault')}</Badge>
                          </Group>
                        )
                      }
                      onClick={() => navigate(`/settings/strategies/${row.id}`)}
                    />
                  ))}
                </Stack>
              </nav>
              <StrategyEditor
                key={`${chosen?.id ?? 'new'} ${chosen?.version ?? 0}`}
                strategy={chosen}
                onSaved={(next) => navigate(`/settings/strategies${next === null ? '' : `/${next}`}`)}
              />
            </div>
          );
        }}
      </QueryGate>
    </Page>
  );
}
