import { Button, Radio, SimpleGrid, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useServices } from '../../catalogue/queries'
import { useLanguage } from '../../i18n/language'
import { Empty } from '../../ui/empty'
import { formatPeriodLength, isZero } from '../../ui/format'
import { Package } from '../../ui/icons'
import { Money } from '../../ui/money'
import { ProblemAlert } from '../../ui/problem_alert'
import { freeCode } from './draft'
import { useSellText } from './messages'
import classes from './sell.module.css'
import type { DraftForm } from './steps'

// The codes of the subscriber's sub-services: a new one needs another.
function useTaken(subscriber: string): string[] {
  const { data } = useQuery({
    queryKey: ['subscriber', subscriber, 'sub_services'],
    queryFn: () =>
      answered(api.GET('/api/v1/subscribers/{subscriber}/sub-services', { params: { path: { subscriber }, query: { limit: 500 } } })),
    enabled: subscriber !== '',
  })
  return data?.items.map(({ code }) => code) ?? []
}

export function ServiceStep({ form }: { form: DraftForm }) {
  const t = useSellText()
  const { data, error } = useServices()
  const taken = useTaken(form.values.buyer === 'existing' ? form.values.subscriber : '')
  const choose = (service: string) => form.setValues({ service, subServiceCode: freeCode(service, taken) })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Skeleton h={160} />
  if (data.items.length === 0)
    return (
      <Empty icon={Package} title={t('no_services')} hint={t('no_services_hint')}>
        <Button component={Link} to="/catalogue">
          {t('to_catalogue')}
        </Button>
      </Empty>
    )
  return (
    <Stack>
      <Radio.Group label={t('service_about')} value={form.values.service} onChange={choose} error={form.errors.service}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm" spacing="xs">
          {data.items.map((service) => (
            <Choice key={service.code} service={service} />
          ))}
        </SimpleGrid>
      </Radio.Group>
      {form.values.service && <TextInput label={t('sub_service_code')} required maw={320} {...form.getInputProps('subServiceCode')} />}
    </Stack>
  )
}

function Choice({ service: { code, name, price, period, setup_fee } }: { service: Schema<'Service'> }) {
  const t = useSellText()
  const { locale } = useLanguage()
  return (
    <Radio.Card value={code} className={classes.choice} aria-label={name}>
      <Radio.Indicator />
      <div>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          <Money value={price} /> / {formatPeriodLength(period, locale)}
          {!isZero(setup_fee.amount) && (
            <>
              {' · '}
              {t('setup_fee', { fee: '' })}
              <Money value={setup_fee} />
            </>
          )}
        </Text>
      </div>
    </Radio.Card>
  )
}
