import { SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { codeOf } from './draft'
import { useSellText } from './messages'
import type { DraftForm } from './steps'

export function OrganizationStep({ form }: { form: DraftForm }) {
  const t = useSellText()
  const { organization, contact, code } = form.values
  const setOrganization = (next: string) => {
    form.setFieldValue('organization', next)
    if (code === codeOf(organization || contact)) form.setFieldValue('code', codeOf(next || contact))
  }
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('organization_about')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('organization_name')} data-autofocus {...form.getInputProps('organization')} onChange={(e) => setOrganization(e.currentTarget.value)} />
        <TextInput label={t('code')} description={t('code_hint')} required inputWrapperOrder={['label', 'input', 'description', 'error']} {...form.getInputProps('code')} />
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        {t('policies_hint')}
      </Text>
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <TextInput label={t('category')} {...form.getInputProps('category')} />
        <TextInput label={t('region')} {...form.getInputProps('region')} />
        <TextInput label={t('pop')} {...form.getInputProps('pop')} />
        <TextInput label={t('country')} placeholder={t('country_hint')} {...form.getInputProps('country')} />
      </SimpleGrid>
    </Stack>
  )
}
