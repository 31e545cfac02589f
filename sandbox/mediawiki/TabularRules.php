<?php
namespace SpaceSandbox;

use stdClass;

/**
 * What a page `Data:….tab` may say: https://www.mediawiki.org/wiki/Help:Tabular_Data and the
 * rules of JsonConfig's validator.
 *
 * A description, sources and titles of columns may be missing there (JCDataContent,
 * JCTabularContent): it fills them in. Here they are complaints, as the bot always writes
 * them. The licences are those of Wikimedia Commons; a page's size is for the wiki to judge.
 */
class TabularRules {
	private const LONGEST = 400;
	private const LICENCES = [
		'CC0-1.0', 'CC-BY-1.0', 'CC-BY-2.0', 'CC-BY-2.5', 'CC-BY-3.0', 'CC-BY-4.0',
		'CC-BY-SA-1.0', 'CC-BY-SA-2.0', 'CC-BY-SA-2.5', 'CC-BY-SA-3.0', 'CC-BY-SA-4.0', 'ODbL-1.0',
	];
	private const KEYS = [ 'license', 'description', 'sources', 'schema', 'data' ];
	private const OPTIONAL = [ 'mediawikiCategories' ];
	private const COLUMN = [ 'name', 'type', 'title' ];

	/** @var string[] */
	public array $complaints = [];

	public function table( mixed $table ): void {
		if ( !$this->has( $table, self::KEYS, 'page', self::OPTIONAL ) ) {
			return;
		}
		$this->expect( in_array( $table->license, self::LICENCES, true ), 'no such licence' );
		$this->expect( $this->isLocalized( $table->description ), 'description is not localized' );
		$this->expect( is_string( $table->sources ), 'sources is not a text' );
		if ( $this->has( $table->schema, [ 'fields' ], 'schema' ) && is_array( $table->schema->fields ) ) {
			$this->columns( $table->schema->fields );
			$this->expect( is_array( $table->data ), 'data is not a list' );
			$this->rows( array_column( $table->schema->fields, 'type' ), (array)$table->data );
		}
	}

	private function columns( array $columns ): void {
		$names = [];
		foreach ( $columns as $column ) {
			if ( !$this->has( $column, self::COLUMN, 'column' ) ) {
				continue;
			}
			$name = $column->name;
			$this->expect(
				is_string( $name ) && preg_match( '/^[\pL_][\pL\pN_]*$/Dui', $name ), 'not a name of a column'
			);
			$this->expect( !in_array( mb_strtolower( $name ), $names ), "two columns: $name" );
			$names[] = mb_strtolower( $name );
			$this->expect( $this->isLocalized( $column->title ), "title of $name is not localized" );
		}
	}

	private function rows( array $types, array $rows ): void {
		foreach ( $rows as $number => $row ) {
			$counts = is_array( $row ) && count( $row ) === count( $types );
			if ( $this->expect( $counts, "row $number has not a cell for each column" ) ) {
				foreach ( $types as $place => $type ) {
					$this->expect( $this->takes( $type, $row[$place] ), "row $number: not a $type" );
				}
			}
		}
	}

	private function takes( mixed $type, mixed $cell ): bool {
		return match ( $type ) {
			'string' => $cell === null || $this->isLine( $cell ),
			'number' => $cell === null || is_int( $cell ) || is_float( $cell ),
			'boolean' => $cell === null || is_bool( $cell ),
			'localized' => $cell === null || $this->isLocalized( $cell ),
			default => false,
		};
	}

	private function isLine( mixed $text ): bool {
		return is_string( $text ) && mb_strlen( $text ) <= self::LONGEST
			&& !preg_match( '/^\s|[\r\n\t]|\s$/Du', $text );
	}

	private function isLocalized( mixed $texts ): bool {
		$found = $texts instanceof stdClass ? get_object_vars( $texts ) : [];
		foreach ( $found as $code => $text ) {
			if ( !preg_match( '/^[a-z0-9-]{2,}$/D', (string)$code ) || !$this->isLine( $text ) ) {
				return false;
			}
		}
		return $found !== [];
	}

	private function has( mixed $value, array $keys, string $name, array $optional = [] ): bool {
		$given = $value instanceof stdClass ? array_keys( get_object_vars( $value ) ) : [];
		$fits = !array_diff( $keys, $given ) && !array_diff( $given, $keys, $optional );
		return $this->expect( $fits, "$name has not its keys" );
	}

	private function expect( bool|int $holds, string $complaint ): bool {
		if ( !$holds ) {
			$this->complaints[] = $complaint;
		}
		return (bool)$holds;
	}
}
