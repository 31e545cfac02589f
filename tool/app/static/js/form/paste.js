/* Pasting formatted text: the server has the wiki (Parsoid) convert its HTML to wikitext. */
import { insert } from './text-area.js';

const MOST = 400000;
/* Only what has a format is worth asking for; what comes from a plain text has none. */
const FORMATTED = /<(?:h[1-6]|ul|ol|li|a|b|strong|i|em|table)\b|font-weight\s*:\s*(?:bold|[6-9]00)/i;

const PICTURE = /<img\b/i;

async function wikitext( form, html ) {
	const body = new FormData();
	body.set( 'csrf', form.elements.namedItem( 'csrf' ).value );
	body.set( 'html', html );
	const response = await fetch( form.dataset.paste, { method: 'POST', body } );
	return response.ok && response.status !== 204 ? ( await response.text() ).trimEnd() : '';
}

export function richPaste( form ) {
	const area = form.elements.namedItem( 'body' );
	const status = form.querySelector( '[data-paste-status]' );
	area.addEventListener( 'paste', async ( event ) => {
		const html = event.clipboardData?.getData( 'text/html' ) ?? '';
		const plain = event.clipboardData?.getData( 'text/plain' ) ?? '';
		const hasPicture = PICTURE.test( html ) ||
			[ ...event.clipboardData?.files ?? [] ].some( ( file ) => file.type.startsWith( 'image/' ) );
		if ( !FORMATTED.test( html ) ) {
			status.textContent = hasPicture ? status.dataset.picture : '';
			return;
		}
		if ( html.length > MOST ) {
			status.textContent = status.dataset.long;
			return;
		}
		event.preventDefault();
		const { selectionStart, selectionEnd, value } = area;
		status.textContent = status.dataset.busy;
		const made = await wikitext( form, html ).catch( () => '' );
		status.textContent = [
			made ? status.dataset.done : status.dataset.plain,
			hasPicture ? status.dataset.picture : ''
		].join( ' ' ).trim();
		// Whoever went on writing meanwhile has it where they are now.
		const same = area.value === value;
		insert(
			area,
			same ? selectionStart : area.selectionStart,
			same ? selectionEnd : area.selectionEnd,
			made || plain
		);
	} );
}
