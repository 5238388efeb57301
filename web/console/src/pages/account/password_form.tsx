import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { changePassword } from '../../session/requests'
import { ProblemAlert } from '../../ui/problem_alert'
import { toast } from '../../ui/toast'
import { useAccountText } from './messages'

const shortest = 12

export function PasswordForm() {
  const t = useAccountText()
  const form = useForm({
    initialValues: { current: '', next: '', again: '' },
    validate: {
      next: (next) => (next.length < shortest ? t('too_short') : null),
      again: (again, { next }) => (again === next ? null : t('differ')),
    },
  })
  const changing = useMutation({
    mutationFn: () => changePassword(form.getValues().current, form.getValues().next),
    onSuccess: () => {
      form.reset()
      toast(t('changed'))
    },
  })
  return (
    <form onSubmit={form.onSubmit(() => changing.mutate())}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('password_about')}
        </Text>
        <PasswordInput label={t('current')} autoComplete="current-password" required {...form.getInputProps('current')} />
        <PasswordInput label={t('next')} description={t('too_short')} autoComplete="new-password" required {...form.getInputProps('next')} />
        <PasswordInput label={t('again')} autoComplete="new-password" required {...form.getInputProps('again')} />
        {changing.error && <ProblemAlert problem={changing.error} />}
        <Button type="submit" loading={changing.isPending} style={{ alignSelf: 'flex-start' }}>
          {t('change')}
        </Button>
      </Stack>
    </form>
  )
}
