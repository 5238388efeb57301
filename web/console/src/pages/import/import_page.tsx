import { Alert, Button, Checkbox, FileInput, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, answered } from '../../api/client'
import { useToday } from '../../session/operator'
import { useSession } from '../../session/session'
import { DateField } from '../../ui/fields'
import { FileUp, Info } from '../../ui/icons'
import { Page } from '../../ui/page'
import { ProblemAlert } from '../../ui/problem_alert'
import { ImportResult } from './import_result'
import { useImportText } from './messages'

const parts = ['operator', 'subscribers', 'units', 'sub_services'] as const
type Part = (typeof parts)[number]

export default function ImportPage() {
  const t = useImportText()
  const { isPlatform } = useSession()
  return (
    <Page title={t('title')}>
      <Stack gap="md" maw={960}>
        <Text size="sm" c="dimmed">
          {t('about')}
        </Text>
        {isPlatform ? <ImportForm /> : <Alert icon={<Info size={18} />}>{t('only_platform')}</Alert>}
      </Stack>
    </Page>
  )
}

const none: Record<Part, File | null> = { operator: null, subscribers: null, units: null, sub_services: null }

function ImportForm() {
  const t = useImportText()
  const today = useToday()
  const [files, setFiles] = useState(none)
  const [as_of, setAsOf] = useState(today)
  const [partial, setPartial] = useState(false)
  const importing = useMutation({
    mutationFn: async () => {
      const read = async (part: Part) => (await files[part]?.text()) ?? ''
      const [operator, subscribers, units, sub_services] = await Promise.all([read('operator'), read('subscribers'), read('units'), read('sub_services')])
      return answered(api.POST('/api/v1/imports', { body: { operator, subscribers, units, sub_services, as_of, partial } }))
    },
  })
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          importing.mutate()
        }}
      >
        <Paper p="md">
          <Stack gap="sm">
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              {parts.map((part) => (
                <FileInput
                  key={part}
                  label={t(part)}
                  required
                  clearable
                  accept={part === 'operator' ? '.yaml,.yml' : '.csv'}
                  leftSection={<FileUp size={16} />}
                  value={files[part]}
                  onChange={(file) => setFiles({ ...files, [part]: file })}
                />
              ))}
              <DateField label={t('as_of')} description={t('as_of_hint')} required value={as_of} onChange={setAsOf} />
            </SimpleGrid>
            <Checkbox label={t('partial')} checked={partial} onChange={(event) => setPartial(event.currentTarget.checked)} />
            {importing.error && <ProblemAlert problem={importing.error} />}
            <Group>
              <Button type="submit" loading={importing.isPending} disabled={parts.some((part) => !files[part])}>
                {t('start')}
              </Button>
            </Group>
          </Stack>
        </Paper>
      </form>
      {importing.data && <ImportResult key={importing.data.id} id={importing.data.id} />}
    </>
  )
}
