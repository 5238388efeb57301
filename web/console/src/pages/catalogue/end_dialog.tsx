import { CommandDialog } from '../../parts/command_dialog'
import { useToday } from '../../session/operator'
import { DateField } from '../../ui/fields'
import { useCatalogueText } from './messages'

interface Props {
  of: string
  about: string
  send: (ends_on: string) => Promise<unknown>
  onClose: () => void
}

// Asks for the last day of a discount or a promo code.
export function EndDialog({ of, about, send, onClose }: Props) {
  const t = useCatalogueText()
  const today = useToday()
  return (
    <CommandDialog
      done={t('ended')}
      onClose={onClose}
      action={{
        title: `${t('end')}: ${of}`,
        about,
        confirm: t('end'),
        initial: { ends_on: today },
        fields: (form) => <DateField label={t('ends_on')} required data-autofocus {...form.getInputProps('ends_on')} />,
        send: ({ ends_on }) => send(ends_on),
      }}
    />
  )
}
