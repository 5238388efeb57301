import { Button, Group, Paper, Stack, Stepper, Text, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { Page } from '../../ui/page'
import { ProblemAlert } from '../../ui/problem_alert'
import { toast } from '../../ui/toast'
import { BillingStep } from './billing_step'
import { ContactStep } from './contact_step'
import { buyerCode, buyerName, type Draft, newDraft } from './draft'
import { useSellText } from './messages'
import { OrganizationStep } from './organization_step'
import { PreviewStep } from './preview_step'
import { AddOnsStep, CpesStep } from './products_step'
import { sellAll } from './requests'
import classes from './sell.module.css'
import { ServiceStep } from './service_step'
import { complaintsAbout, type StepName, stepsFor, type StepView } from './steps'
import { Summary } from './summary'
import { UnitStep } from './unit_step'

const views: Record<StepName, StepView> = {
  contact: ContactStep, organization: OrganizationStep, unit: UnitStep, service: ServiceStep, add_ons: AddOnsStep, cpes: CpesStep, billing: BillingStep,
  preview: PreviewStep,
}

// The address may say who buys, and for which unit: then those steps are done.
function draftFrom(params: URLSearchParams): { draft: Draft; first: StepName } {
  const subscriber = params.get('subscriber')
  const unit = params.get('unit')
  if (!subscriber) return { draft: newDraft, first: 'contact' }
  const draft: Draft = { ...newDraft, buyer: 'existing', subscriber, subscriberName: subscriber }
  return unit ? { draft: { ...draft, place: 'existing', unit }, first: 'service' } : { draft, first: 'unit' }
}

export default function SellPage() {
  const t = useSellText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [params] = useSearchParams()
  const [{ draft, first }] = useState(() => draftFrom(params))
  const form = useForm<Draft>({ initialValues: draft })
  const [step, setStep] = useState(first)
  const steps = stepsFor(form.values)
  const at = steps.indexOf(step)
  const View = views[step]
  const selling = useMutation({
    mutationFn: () => sellAll(form.getValues()),
    onSuccess: () => {
      const subscriber = buyerCode(form.getValues())
      void queries.invalidateQueries()
      toast(t('sold', { service: form.getValues().service, name: buyerName(form.getValues()) }))
      navigate(`/subscribers/${encodeURIComponent(subscriber)}`)
    },
  })
  const goOn = (event: React.FormEvent) => {
    event.preventDefault()
    const complaints = Object.entries(complaintsAbout(step, form.values)).map(([field, why]) => [field, t(why)])
    form.setErrors(Object.fromEntries(complaints))
    if (complaints.length > 0) return
    const next = steps[at + 1]
    if (next) setStep(next)
    else selling.mutate()
  }
  const goBack = () => {
    selling.reset()
    setStep(steps[at - 1] ?? step)
  }
  return (
    <Page title={t('title')} subtitle={t('step_of', { step: at + 1, of: steps.length })}>
      <Stack>
        <Steps steps={steps} at={at} choose={(i) => setStep(steps[i] ?? step)} />
        <Group align="flex-start" gap="md">
          <Paper p="lg" flex={1} miw={{ base: '100%', sm: 480 }}>
            <form onSubmit={goOn}>
              <Stack>
                <Title order={2}>{t(step)}</Title>
                <View form={form} />
                {selling.error && <ProblemAlert problem={selling.error} />}
                <Group justify="space-between" mt="sm">
                  <Button variant="default" onClick={goBack} disabled={at === 0}>
                    {t('back')}
                  </Button>
                  <Button type="submit" loading={selling.isPending}>
                    {t(at === steps.length - 1 ? 'sell' : 'next')}
                  </Button>
                </Group>
              </Stack>
            </form>
          </Paper>
          <Summary draft={form.values} />
        </Group>
      </Stack>
    </Page>
  )
}

function Steps({ steps, at, choose }: { steps: StepName[]; at: number; choose: (i: number) => void }) {
  const t = useSellText()
  return (
    <>
      <Stepper active={at} onStepClick={choose} allowNextStepsSelect={false} size="xs" iconSize={26} visibleFrom="md" className={classes.steps}>
        {steps.map((step) => (
          <Stepper.Step key={step} label={t(step)} />
        ))}
      </Stepper>
      <Text hiddenFrom="md" size="sm" c="dimmed">
        {steps.map((step, i) => (
          <Text key={step} span inherit fw={i === at ? 650 : undefined} aria-current={i === at ? 'step' : undefined}>
            {i > 0 && ' › '}
            {t(step)}
          </Text>
        ))}
      </Text>
    </>
  )
}
