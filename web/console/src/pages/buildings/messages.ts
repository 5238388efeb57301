import { catalogue } from '../../i18n/catalogue'

export const useBuildingText = catalogue({
  en: {
    title: 'Buildings', name: 'Organization', code: 'Code', region: 'Region', balance: 'Balance', category: 'Category', search: 'Name or code', none: 'No buildings yet', none_hint: 'An apartment building is a subscriber of the category “mdu” with units: offices, apartments. It is billed as one, or unit by unit.', units: { one: '{count} unit', other: '{count} units' }, unknown: 'There is no such building', unnamed_floor: 'Other units', floor: 'Floor {floor}', no_units: 'No units', no_units_hint: 'Add units at the subscriber: each apartment or office is one.', to_subscriber: 'To the subscriber', no_service: 'no service', active: 'active', suspended: 'suspended', inactive: 'not active yet', cancelled: 'cancelled', owes: 'owes {amount}', more_open: 'Only the 500 oldest open documents were looked at.', own: 'Without a unit',
  },
  es: {
    title: 'Edificios', name: 'Organización', code: 'Código', region: 'Región', balance: 'Saldo', category: 'Categoría', search: 'Nombre o código', none: 'Aún no hay edificios', none_hint: 'Un edificio es un abonado de la categoría «mdu» con unidades: oficinas, viviendas. Se factura como uno, o unidad por unidad.', units: { one: '{count} unidad', other: '{count} unidades' }, unknown: 'No existe ese edificio', unnamed_floor: 'Otras unidades', floor: 'Planta {floor}', no_units: 'No hay unidades', no_units_hint: 'Añada unidades en el abonado: cada vivienda u oficina es una.', to_subscriber: 'Al abonado', no_service: 'sin servicio', active: 'activo', suspended: 'suspendido', inactive: 'aún sin activar', cancelled: 'cancelado', owes: 'debe {amount}', more_open: 'Solo se han mirado los 500 documentos pendientes más antiguos.', own: 'Sin unidad',
  },
})
