import { Button, Group, List, Modal, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useSettingsText } from '../../parts/settings_messages'
import { formatCount } from '../../ui/format'
import { ProblemAlert } from '../../ui/problem_alert'
import { usePolicyText } from './messages'

type Preview = Schema<'PolicyPreview'>
type Setting = Schema<'SettingName'>

interface Props {
  policies: Schema<'Policy'>[]
  onClose: () => void
  onSave: () => void
}

// For whom something would hold otherwise, before it does.
export function EffectDialog({ policies, onClose, onSave }: Props) {
  const t = usePolicyText()
  const { data, error } = useQuery({
    queryKey: ['preview', 'policies', policies],
    queryFn: () => answered(api.POST('/api/v1/policies/preview', { body: { items: policies } })),
    gcTime: 0,
  })
  return (
    <Modal opened onClose={onClose} size="xl" title={<Title order={2}>{t('effect')}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        {error && <ProblemAlert problem={error} />}
        {!data && !error && <Skeleton h={160} aria-label={t('looking')} />}
        {data && <Effect of={data} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('back')}
          </Button>
          <Button disabled={!data} onClick={onSave}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Effect({ of: { subscribers, all_subscribers, sub_services, all_sub_services, settings, effects } }: { of: Preview }) {
  const t = usePolicyText()
  const s = useSettingsText()
  const { locale } = useLanguage()
  const count = (number: number) => formatCount(number, locale)
  if (subscribers === 0) return <Text>{t('no_effect', { all: count(all_subscribers) })}</Text>
  return (
    <>
      <Text fw={600} aria-live="polite">
        {t('effect_on', { subscribers: count(subscribers), all: count(all_subscribers), services: count(sub_services), all_services: count(all_sub_services) })}
      </Text>
      <List size="sm">
        {settings.map(({ setting, count: number }) => (
          <List.Item key={setting}>
            {s(setting)}: {t('otherwise_for', { count: number })}
          </List.Item>
        ))}
      </List>
      {settings.some(({ setting }) => of_calendar.has(setting)) && (
        <Text size="sm" c="dimmed">
          {t('calendar_stays')}
        </Text>
      )}
      <Table aria-label={t('effect')} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('subscriber')}</Table.Th>
            <Table.Th>{t('sub_service')}</Table.Th>
            <Table.Th>{t('otherwise')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {effects.map(({ subscriber, subscriber_name, sub_service, changes }) => (
            <Table.Tr key={`${subscriber}/${sub_service ?? ''}`}>
              <Table.Td>
                <SubscriberLink code={subscriber} name={subscriber_name} />
              </Table.Td>
              <Table.Td>{sub_service ?? '–'}</Table.Td>
              <Table.Td>
                {changes.map(({ setting, before, after }) => (
                  <Change key={setting} setting={setting} before={before} after={after} />
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {effects.length >= most_shown && (
        <Text size="sm" c="dimmed">
          {t('first_only', { count: effects.length })}
        </Text>
      )}
    </>
  )
}

const most_shown = 100
const of_calendar = new Set<Setting>(['model', 'cycle_day', 'first_charge', 'threshold_day'])
const word_of = { model: 'model_', first_charge: 'first_', invoicing: 'invoicing_', suspension: 'suspension_', terms: 'terms_' } as const

function Change({ setting, before, after }: Preview['effects'][number]['changes'][number]) {
  const t = usePolicyText()
  const s = useSettingsText()
  const said = (value: string | null) => {
    if (value === null) return '–'
    if (setting in word_of) return s(`${word_of[setting as keyof typeof word_of]}${value}` as Parameters<typeof s>[0])
    return setting === 'credit_suspension' ? s(value === 'true' ? 'yes' : 'no') : value
  }
  return (
    <Text size="sm">
      {s(setting satisfies Setting)}: {t('becomes', { before: said(before), after: said(after) })}
    </Text>
  )
}
