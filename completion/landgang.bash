# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# shellcheck shell=bash
# Completion of landgang for bash.
_landgang() {
	local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} words
	COMPREPLY=()
	if [[ $COMP_CWORD -eq 1 ]]; then
		mapfile -t COMPREPLY < <(compgen -W "match check explain generate taxonomy formats serve migrate config admin audit runs mail-in sip openapi demo --help --version" -- "$current")
		return
	fi
	[[ $command != match || $before != --report ]] || before=
	case $before in
	--out) mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
	--objective) mapfile -t COMPREPLY < <(compgen -W "people score" -- "$current") ;;
	--simd) mapfile -t COMPREPLY < <(compgen -W "auto scalar avx2 avx512" -- "$current") ;;
	--candidates | --openings)
		[[ $command == generate ]] || mapfile -t COMPREPLY < <(compgen -f -- "$current")
		;;
	--taxonomy | --weights | --confirmed | --labels | --report | --embedding | --corpus | --queries | --config | --secret-file) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
	--lang)
		[[ $command != explain && $command != match ]] || mapfile -t COMPREPLY < <(compgen -W "en da sv uk" -- "$current")
		;;
	--top | --reserve | --threads | --seed | --sample | --release | --steps | --dimensions) ;;
	*)
		case $command in
		match) words="--candidates --openings --taxonomy --top --assign --prove --opens --seats --report --lang --objective --reserve --threads --weights --confirmed --simd --quiet --out" ;;
		generate) words="denmark nordic eu --candidates --openings --seed --taxonomy --quiet --out" ;;
		taxonomy) words="import show info find suggest rank train --labels --release --taxonomy --lang --confirmed --skills --top --corpus --queries --least --json --embedding --alone --steps --seed --dimensions --quiet --out" ;;
		explain) words="--candidates --openings --taxonomy --weights --confirmed --lang --json" ;;
		check) words="--candidates --openings --taxonomy --weights --confirmed --sample --seed --threads --quiet" ;;
		formats) words="jobtech workbook postings europass --taxonomy --report --sheet --quiet" ;;
		serve) words="--config" ;;
		migrate) words="--config --look" ;;
		config) words="--config --example" ;;
		admin) words="offices templates create-tenant create-user reset merge-tenants merges cancel-merge --config --template --name --mail --role --language --tenant --from --into --on --why --whole --administrators --dry-run" ;;
		audit) words="verify head --config" ;;
		sip) words="--config" ;;
		runs) words="replay --config" ;;
		mail-in) words="--service --client --secret-file --to --from --most-mib" ;;
		demo) words="code --config" ;;
		esac
		mapfile -t COMPREPLY < <(compgen -W "${words-} --help" -- "$current")
		[[ $current == -* ]] || mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$current")
		;;
	esac
}
complete -o filenames -F _landgang landgang
