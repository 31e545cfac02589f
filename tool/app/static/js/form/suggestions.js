/* Suggestions (`<datalist>`) for each item of a list separated by semicolons; browsers
   offer them for the whole input only. */
export function itemSuggestions( form ) {
	for ( const input of form.querySelectorAll( '[data-items][list]' ) ) {
		const options = [ ...input.list.options ].map( ( option ) => [ option, option.value ] );
		input.addEventListener( 'input', () => {
			const before = input.value.slice( 0, input.value.lastIndexOf( ';' ) + 1 );
			for ( const [ option, value ] of options ) {
				option.value = before ? `${ before } ${ value }` : value;
			}
		} );
	}
}
