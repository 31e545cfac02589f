/* The time zone of this device, until the event has a place or somebody types another. */

export function offerZone( form ) {
	const input = form.elements.namedItem( 'timezone' );
	const proposed = form.elements.namedItem( 'timezone-proposed' );
	if ( !input || !proposed || input.value ) {
		return;
	}
	const here = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
	const zone = JSON.parse( proposed.dataset.renamed )[ here ] ?? here;
	if ( [ ...input.list.options ].some( ( option ) => option.value === zone ) ) {
		input.value = proposed.value = zone;
	}
}
