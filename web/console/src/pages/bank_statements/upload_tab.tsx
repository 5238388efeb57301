import { Button, FileInput, Group, Paper, Select, SimpleGrid, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useForget } from '../../parts/command_dialog'
import { FileUp } from '../../ui/icons'
import { remember, remembered } from '../../ui/memory'
import { ProblemAlert } from '../../ui/problem_alert'
import { empty_mapping, looksLikeCsv, mappingOf, type MappingValues } from './mapping'
import { MappingFields } from './mapping_fields'
import { useBankText } from './messages'
import { UploadResult } from './upload_result'

type Format = Schema<'BankStatementFormat'>
const formats: (Format | 'auto')[] = ['auto', 'camt', 'mt940', 'csv']

// A bank writes its CSV the same way every time, so the columns are asked for once.
function lastMapping(): MappingValues {
  try {
    return { ...empty_mapping, ...(JSON.parse(remembered('bank_mapping') ?? '{}') as Partial<MappingValues>) }
  } catch {
    return empty_mapping
  }
}

interface Chosen {
  name: string
  text: string
}

export function UploadTab() {
  const t = useBankText()
  const forget = useForget()
  const [file, setFile] = useState<Chosen | null>(null)
  const [format, setFormat] = useState<Format | 'auto'>('auto')
  const mapping = useForm<MappingValues>({ initialValues: lastMapping() })
  const isCsv = format === 'csv' || (format === 'auto' && file !== null && looksLikeCsv(file.name))
  const importing = useMutation({
    mutationFn: ({ preview, name, text }: Chosen & { preview: boolean }) =>
      answered(
        api.POST('/api/v1/bank-statements', {
          params: { query: { preview } },
          body: {
            file: text,
            file_name: name,
            ...(isCsv ? { format: 'csv' as const, mapping: mappingOf(mapping.values) } : format === 'auto' ? {} : { format }),
          },
        }),
      ),
    onSuccess: (_, { preview }) => {
      if (isCsv) remember('bank_mapping', JSON.stringify(mapping.values))
      if (!preview) void forget()
    },
  })
  const choose = async (chosen: File | null) => {
    importing.reset()
    setFile(chosen && { name: chosen.name, text: await chosen.text() })
  }
  const send = (preview: boolean) => file && importing.mutate({ ...file, preview })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send(true)
      }}
    >
      <Stack gap="md" maw={960}>
        <Paper p="md">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <FileInput label={t('choose')} description={t('choose_hint')} leftSection={<FileUp size={16} />} onChange={choose} clearable required />
            <Select
              label={t('format')}
              description={'\u00a0'}
              allowDeselect={false}
              data={formats.map((value) => ({ value, label: t(`format_${value}`) }))}
              value={format}
              onChange={(next) => setFormat(formats.find((one) => one === next) ?? 'auto')}
            />
          </SimpleGrid>
        </Paper>
        {isCsv && <MappingFields form={mapping} file={file?.text ?? ''} />}
        {importing.error && <ProblemAlert problem={importing.error} />}
        <Group>
          <Button type="submit" variant="default" disabled={!file} loading={importing.isPending && importing.variables.preview}>
            {t('look')}
          </Button>
          <Button disabled={!file} loading={importing.isPending && !importing.variables.preview} onClick={() => send(false)}>
            {t('take_in')}
          </Button>
        </Group>
        {importing.data && <UploadResult result={importing.data} />}
      </Stack>
    </form>
  )
}
