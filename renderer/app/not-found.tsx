import { Button } from '@mantine/core';
import { Compass } from 'lucide-react';
import { Link } from 'wouter';
import { t } from '../i18n/index.ts';
import { EmptyState } from '../ui/empty-state.tsx';

export function NotFound() {
  return (
    <EmptyState
      isPage
      icon={Compass}
      title={t('common.notFoundTitle')}
      body={t('common.notFoundBody')}
      action={
        <Button component={Link} href="/" variant="default">
          {t('common.goHome')}
        </Button>
      }
    />
  );
}
