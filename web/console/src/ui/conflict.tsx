import { Alert, Button, Group, Text } from '@mantine/core'
import { catalogue } from '../i18n/catalogue'
import { problemOf } from '../api/problem'
import { TriangleAlert } from './icons'

const useText = catalogue({
  en: {
    title: 'Somebody else changed this meanwhile', hint: 'What you typed is still here. Their change is saved already.',
    theirs: 'Take theirs', mine: 'Keep mine', explain: 'Take theirs shows what is saved now and drops your changes. Keep mine saves your form over it.',
  },
  es: {
    title: 'Alguien lo ha cambiado entretanto', hint: 'Lo que ha escrito sigue aquí. El otro cambio ya está guardado.',
    theirs: 'Tomar el suyo', mine: 'Conservar el mío', explain: 'Tomar el suyo muestra lo guardado y descarta sus cambios. Conservar el mío guarda su formulario encima.',
  },
})

export const isConflict = (failure: unknown): boolean => problemOf(failure).status === 412

interface Props {
  takeTheirs: () => void
  keepMine: () => void
}

// A change that another one came before: nothing is lost until one has chosen.
export function Conflict({ takeTheirs, keepMine }: Props) {
  const t = useText()
  return (
    <Alert color="yellow" icon={<TriangleAlert size={18} />} title={t('title')} role="alert">
      <Text size="sm">{t('hint')}</Text>
      <Text size="sm">{t('explain')}</Text>
      <Group gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={takeTheirs}>
          {t('theirs')}
        </Button>
        <Button size="xs" onClick={keepMine}>
          {t('mine')}
        </Button>
      </Group>
    </Alert>
  )
}
